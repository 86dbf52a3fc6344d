using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Results;

namespace Facts.Api.Http;

/// <summary>FluentValidation in wire names: every failure names the member as the caller wrote it.</summary>
internal static class Validation
{
    /// <summary>Runs once, before the first validator is made. Names come from the whole expression, so that they include the name of a parent.</summary>
    [ModuleInitializer]
    internal static void UseWireNames()
    {
        ValidatorOptions.Global.PropertyNameResolver = WireName;
        ValidatorOptions.Global.DisplayNameResolver = WireName;
        ValidatorOptions.Global.LanguageManager.Culture = System.Globalization.CultureInfo.InvariantCulture;
    }

    /// <summary>Errors of reading, and the validator's of members that were read without one.</summary>
    /// <param name="bound">The record that was read, with the errors of reading.</param>
    /// <param name="validator">Null where there is none.</param>
    /// <param name="pointer">As it was given to <see cref="JsonBinder.Bind{T}"/>.</param>
    public static IReadOnlyList<ProblemError> Errors<T>(BindingResult<T> bound, IValidator<T>? validator, string pointer = "") where T : class
    {
        if (validator is null) return bound.Errors;
        // The body was no object. Errors about missing members would add nothing.
        if (bound.Errors.Any(e => e.Pointer == pointer && e.Code == Problems.WrongType.Code)) return bound.Errors;
        var seen = bound.Errors.Select(e => e.Pointer).ToHashSet(StringComparer.Ordinal);
        return [.. bound.Errors, .. validator.Validate(bound.Value).Errors.Select(f => Error(f, pointer))
            .Where(e => !seen.Any(s => s == e.Pointer || s is not null && s.StartsWith(e.Pointer + "/", StringComparison.Ordinal)))];
    }

    /// <summary>All errors of a record, at pointers below <paramref name="pointer"/>.</summary>
    public static IReadOnlyList<ProblemError> Errors<T>(T value, IValidator<T> validator, string pointer = "") =>
        [.. validator.Validate(value).Errors.Select(f => Error(f, pointer))];

    /// <summary>A failure as an error. A rule names its kind with <c>.As(Problems.UnknownParty)</c>; the usual rules have theirs.</summary>
    public static ProblemError Error(ValidationFailure failure, string pointer = "")
    {
        var hint = failure.CustomState as string;
        return ProblemError.InBody(Kind(failure.ErrorCode), pointer + Pointer(failure.PropertyName), failure.ErrorMessage, Sent(failure), hint);
    }

    /// <summary>The kind of error that a rule gives.</summary>
    public static IRuleBuilderOptions<T, TMember> As<T, TMember>(this IRuleBuilderOptions<T, TMember> rule, ProblemKind kind) => rule.WithErrorCode(kind.Code);

    /// <summary>One of an enum's words; names the nearest. Null passes: that a value is needed is another rule.</summary>
    public static IRuleBuilderOptions<T, string?> IsWord<T, TEnum>(this IRuleBuilder<T, string?> rule) where TEnum : struct, Enum =>
        rule.SetValidator(new WordRule<T, TEnum>());

    /// <summary>A date in EDTF. Null passes.</summary>
    public static IRuleBuilderOptions<T, string?> IsFuzzyDate<T>(this IRuleBuilder<T, string?> rule) => rule.SetValidator(new FuzzyDateRule<T>());

    /// <summary>Limits the number of characters. The error gives the limit and the length.</summary>
    public static IRuleBuilderOptions<T, string?> AtMost<T>(this IRuleBuilder<T, string?> rule, int characters) =>
        rule.SetValidator(new LengthRule<T>(characters))
            .WithMessage("the text has {TotalLength} characters; at most {MaxLength} are kept").As(Problems.TooLong);

    /// <summary>Must be there: neither missing nor null, and a list not empty.</summary>
    public static IRuleBuilderOptions<T, TMember> IsGiven<T, TMember>(this IRuleBuilder<T, TMember> rule) =>
        rule.NotEmpty().WithMessage("a value is needed").As(Problems.Required);

    static ProblemKind Kind(string? code) => code switch
    {
        "NotNullValidator" or "NotEmptyValidator" => Problems.Required,
        _ => Problems.IsKnown(code) ? Problems.Find(code!) : Problems.InvalidValue,
    };

    /// <summary>The value that was sent, as the wire spells it; null for lists and records.</summary>
    public static string? Sent(ValidationFailure failure) => failure.AttemptedValue is string or ValueType ? WireValue.Format(failure.AttemptedValue) : null;

    /// <summary><c>aliases[2].name</c> as <c>/aliases/2/name</c>.</summary>
    static string Pointer(string? path) => string.IsNullOrEmpty(path) ? "" : "/" + path.Replace("[", "/").Replace("]", "").Replace('.', '/');

    /// <summary>The names of each rule. They are cached as long as its validator lives, because the validator asks for them again with every value.</summary>
    static readonly ConditionalWeakTable<LambdaExpression, StrongBox<string?>> Names = [];

    static string? WireName(Type type, MemberInfo? member, LambdaExpression? expression) =>
        expression is null ? Name(member, null) : Names.TryGetValue(expression, out var known) ? known.Value : FirstName(member, expression);

    // Apart, so that a name that is known costs no closure.
    static string? FirstName(MemberInfo? member, LambdaExpression expression) => Names.GetValue(expression, e => new(Name(member, e))).Value;

    static string? Name(MemberInfo? member, LambdaExpression? expression)
    {
        if (expression is not null && PropertyChain.FromExpression(expression) is { Count: > 0 } chain)
            return string.Join('.', chain.ToString().Split('.').Select(EnumWords.Snake));
        return member is null ? null : EnumWords.Snake(member.Name);
    }
}
