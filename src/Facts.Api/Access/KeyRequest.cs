using System.Globalization;
using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Access;

/// <summary>A key as it is asked for.</summary>
internal sealed class KeyRequest
{
    /// <summary>Who or what it is for, such as a newsroom's import script.</summary>
    public string? Name { get; set; }

    /// <summary>What it is good for: `read` where not anybody may, `contribute` articles, claims and loads, `edit` what others brought and the catalogue, `admin` of keys.</summary>
    public List<string>? Scopes { get; set; }

    /// <summary>The last day on which it is good (UTC), such as 2025-12-31; for ever when absent.</summary>
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

    /// <param name="today">A key that is good on no day to come is a mistake.</param>
    public KeyRequestValidator(DateOnly today)
    {
        RuleFor(k => k.Name).IsGiven().AtMost(300);
        RuleFor(k => k.Scopes).IsGiven();
        RuleForEach(k => k.Scopes).IsWord<KeyRequest, KeyScope>();
        RuleFor(k => k.ExpiresOn).Must(day => day is null || KeyRequest.Day(day) is not null).As(Problems.InvalidDate).WithMessage("must be a day such as 2025-12-31");
        RuleFor(k => k.ExpiresOn).Must(day => day is null || KeyRequest.Day(day) is not { } last || last >= today).As(Problems.InvalidDate).WithMessage("is over already");
    }
}
