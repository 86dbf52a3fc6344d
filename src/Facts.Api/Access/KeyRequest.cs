using System.Globalization;
using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Access;

/// <summary>The body of the request that makes a key.</summary>
internal sealed class KeyRequest
{
    /// <summary>Person or program that the key is for, such as the import script of a newsroom. At most 300 characters.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// Scopes of the key; at least one. `read`: reading, if it is not public. `contribute`: articles, claims and imports. `edit`: decisions, ranks and the
    /// catalogue. `admin`: keys and the audit log.
    /// </summary>
    public List<string>? Scopes { get; set; }

    /// <summary>The last day on which the key is valid, in UTC, such as 2025-12-31. Absent or null: no end.</summary>
    public string? ExpiresOn { get; set; }

    public KeyRow ToKey() => new()
    {
        Name = Name!, Scopes = [.. Scopes!.Distinct().OrderBy(s => EnumWords.Parse<KeyScope>(s))], ExpiresOn = ExpiresOn is { } day ? Day(day) : null,
    };

    internal static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

internal sealed class KeyRequestValidator : AbstractValidator<KeyRequest>
{
    public KeyRequestValidator() : this(DateOnly.MinValue) { }

    /// <param name="today">The first day that <c>expires_on</c> may name: a key that has expired already is a mistake.</param>
    public KeyRequestValidator(DateOnly today)
    {
        RuleFor(k => k.Name).IsGiven().AtMost(300);
        RuleFor(k => k.Scopes).IsGiven();
        RuleForEach(k => k.Scopes).IsWord<KeyRequest, KeyScope>();
        RuleFor(k => k.ExpiresOn).Must(day => day is null || KeyRequest.Day(day) is not null)
            .As(Problems.InvalidDate).WithMessage("must be a day such as 2025-12-31");
        RuleFor(k => k.ExpiresOn).Must(day => day is null || KeyRequest.Day(day) is not { } last || last >= today)
            .As(Problems.InvalidDate).WithMessage("is over already");
    }
}
