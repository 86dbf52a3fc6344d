using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Claims;

/// <summary>Rules for values that are text on the wire and something else in the core. Null passes: that a value is needed is another rule.</summary>
internal static class WireRules
{
    public static IRuleBuilderOptions<T, string?> IsWord<T, TEnum>(this IRuleBuilder<T, string?> rule) where TEnum : struct, Enum =>
        rule.Must(word => word is null || Words.TryParse<TEnum>(word, out _))
            .WithErrorCode(Problems.InvalidWord.Code).WithMessage((_, word) => Words.Complaint(word!, Words.All<TEnum>()));

    public static IRuleBuilderOptionsConditions<T, string?> IsFuzzyDate<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Custom((text, context) =>
        {
            if (text is null || FuzzyDate.TryParse(text, out _, out var error)) return;
            context.AddFailure(new FluentValidation.Results.ValidationFailure(context.PropertyPath, error, text) { ErrorCode = Problems.InvalidDate.Code });
        });
}
