using FluentValidation;
using FluentValidation.Validators;

namespace Facts.Api.Http;

/// <summary>Limits the number of characters, which are code points as in JSON Schema: an emoji is one. Null passes.</summary>
internal sealed class LengthRule<T>(int most) : PropertyValidator<T, string?>, ILengthValidator
{
    public override string Name => nameof(LengthRule<>);

    public int Min => 0;

    public int Max => most;

    public override bool IsValid(ValidationContext<T> context, string? value)
    {
        if (value is null || value.Length <= most) return true;
        var characters = value.EnumerateRunes().Count();
        if (characters <= most) return true;
        context.MessageFormatter.AppendArgument("TotalLength", characters).AppendArgument("MaxLength", most);
        return false;
    }
}
