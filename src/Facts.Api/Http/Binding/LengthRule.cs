using FluentValidation;
using FluentValidation.Validators;

namespace Facts.Api.Http;

/// <summary>Limits the number of characters, which are code points as in JSON Schema: an emoji is one. Null passes.</summary>
internal sealed class LengthRule<T>(int most) : PropertyValidator<T, string?>, ILengthValidator
{
    public override string Name => nameof(LengthRule<>);

    public int Min => 0;

    public int Max => most;

    /// <summary>True if the text is not longer than the limit.</summary>
    public bool Fits(string? text) => text is null || text.Length <= most || text.EnumerateRunes().Count() <= most;

    public override bool IsValid(ValidationContext<T> context, string? value)
    {
        if (Fits(value)) return true;
        context.MessageFormatter.AppendArgument("TotalLength", value!.EnumerateRunes().Count()).AppendArgument("MaxLength", most);
        return false;
    }
}
