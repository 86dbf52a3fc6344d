using Facts.Api.Http;

namespace Facts.Api.Pages;

/// <summary>
/// The question in the address of a page, read by the rules of the interface. Fields of a form that were left empty are dropped, and days are
/// understood as people type them. The page is then asked at the address that the interface would take.
/// </summary>
/// <param name="Address">The question as it stands in the address.</param>
/// <param name="Canonical">The question with days as the interface writes them, and without empty fields.</param>
/// <param name="Parameters">The values; they hold the errors.</param>
/// <param name="Errors">The errors so far.</param>
/// <param name="Choices">Days that can be two, each by its parameter.</param>
internal sealed record PageQuestion(
    PageAddress Address, PageAddress Canonical, Parameters Parameters, IReadOnlyList<ProblemError> Errors,
    IReadOnlyDictionary<string, (DateOnly DayFirst, DateOnly MonthFirst)> Choices)
{
    /// <summary>The address to ask instead; null where the address is the one.</summary>
    public string? Redirect { get; private init; }

    public static PageQuestion Read(HttpContext http, IEnumerable<ParameterSpec> specs, DateOnly today)
    {
        var declared = specs.ToDictionary(s => s.Name, StringComparer.Ordinal);
        var address = PageAddress.Of(http);
        var choices = new Dictionary<string, (DateOnly, DateOnly)>();
        var canonical = address with { Query = [.. address.Query.Where(p => p.Value.Trim().Length > 0).Select(p => (p.Name, Canonical(p.Name, p.Value)))] };
        // Only what the page knows can be left empty: an unknown field is an error, filled in or not.
        var dropped = http.Request.Query.Any(p => p.Value.Any(string.IsNullOrWhiteSpace) && declared.ContainsKey(p.Key));
        var parameters = Parameters.Read(http, specs);
        var changed = dropped || !canonical.Query.SequenceEqual(address.Query);
        return new(address, canonical, parameters, parameters.Problem?.Errors ?? [], choices)
        {
            Redirect = changed && choices.Count == 0 ? Kept(http, declared, canonical).ToString() : null,
        };

        string Canonical(string name, string value)
        {
            if (!declared.TryGetValue(name, out var spec) || spec.Type.Kind is not (WireKind.Day or WireKind.Instant)) return value;
            if (WireValue.Parse(value.Trim(), spec.Type) is not null) return value.Trim();
            var typed = TypedDay.Read(value, today);
            if (typed.Other is { } other) choices[name] = other;
            return typed.Day is { } day ? WireValue.Format(day)! : value;
        }
    }

    // An unknown parameter without a value stays in the address, so that it is refused there.
    static PageAddress Kept(HttpContext http, Dictionary<string, ParameterSpec> declared, PageAddress canonical) => canonical with
    {
        Query = [.. canonical.Query, .. http.Request.Query.Where(p => !declared.ContainsKey(p.Key) && p.Value.All(string.IsNullOrWhiteSpace))
            .Select(p => (p.Key, ""))],
    };

    /// <summary>The first error of a parameter; null where it has none.</summary>
    public ProblemError? ErrorOf(string name) => Errors.FirstOrDefault(e => e.Parameter == name);
}
