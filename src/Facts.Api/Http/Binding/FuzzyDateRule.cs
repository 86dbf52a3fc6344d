using FluentValidation;
using FluentValidation.Results;
using FluentValidation.Validators;

namespace Facts.Api.Http;

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
