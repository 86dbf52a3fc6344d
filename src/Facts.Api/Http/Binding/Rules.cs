using FluentValidation;
using FluentValidation.Results;
using FluentValidation.Validators;

namespace Facts.Api.Http;

/// <summary>A rule that allows some words only; the OpenAPI document lists them.</summary>
internal interface IWordRule
{
    IReadOnlyList<string> Words { get; }
}

/// <summary>A rule that asks for a date in EDTF; the OpenAPI document says how one looks.</summary>
internal interface IFuzzyDateRule;

internal sealed class WordRule<T, TEnum> : PropertyValidator<T, string?>, IWordRule where TEnum : struct, Enum
{
    public override string Name => "WordRule";

    public IReadOnlyList<string> Words => Http.EnumWords.All<TEnum>();

    public override bool IsValid(ValidationContext<T> context, string? word)
    {
        if (word is null || Http.EnumWords.TryParse<TEnum>(word, out _)) return true;
        var shown = word.Length > 80 ? word[..80] + "…" : word;
        // A failure of its own, which carries the nearest word; true, so that there is no second one.
        context.AddFailure(new ValidationFailure(context.PropertyPath, $"'{shown}' {Http.EnumWords.Complaint(word, Words)}", word)
        {
            ErrorCode = Problems.InvalidWord.Code,
            CustomState = Suggestions.Nearest(word, Words),
        });
        return true;
    }
}

internal sealed class FuzzyDateRule<T> : PropertyValidator<T, string?>, IFuzzyDateRule
{
    public override string Name => "FuzzyDateRule";

    public override bool IsValid(ValidationContext<T> context, string? text)
    {
        if (text is null || FuzzyDate.TryParse(text, out _, out var error)) return true;
        context.AddFailure(new ValidationFailure(context.PropertyPath, error, text) { ErrorCode = Problems.InvalidDate.Code });
        return true;
    }
}
