using FluentValidation;
using FluentValidation.Results;
using FluentValidation.Validators;

namespace Facts.Api.Http;

internal sealed class WordRule<T, TEnum> : PropertyValidator<T, string?>, IWordRule where TEnum : struct, Enum
{
    public override string Name => "WordRule";

    public IReadOnlyList<string> Words => EnumWords.All<TEnum>();

    public override bool IsValid(ValidationContext<T> context, string? word)
    {
        if (word is null || EnumWords.TryParse<TEnum>(word, out _)) return true;
        var shown = word.Length > 80 ? word[..80] + "…" : word;
        // Adds its own failure, which suggests the nearest word. Returns true, so that there is no second failure.
        context.AddFailure(new ValidationFailure(context.PropertyPath, $"'{shown}' {EnumWords.Complaint(word, Words)}", word)
        {
            ErrorCode = Problems.InvalidWord.Code,
            CustomState = Suggestions.Nearest(word, Words),
        });
        return true;
    }
}
