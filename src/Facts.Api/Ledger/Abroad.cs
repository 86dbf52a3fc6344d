namespace Facts.Api.Ledger;

/// <summary>
/// A fact that concerns a neighbourhood where none of its claims is: one of them has its donors, another its unit, or the commitment has that it names. What is there has to do
/// with it, so the two are tied.
/// </summary>
/// <param name="Home">Where the fact is kept.</param>
/// <param name="Concern">What it concerns.</param>
internal sealed record Abroad(string Home, Scope Concern)
{
    /// <summary>Those of a resolution that are not tied to what they concern.</summary>
    /// <param name="scopes">The neighbourhoods that were looked at together.</param>
    /// <param name="resolution">What came out.</param>
    public static List<Abroad> Of(string[] scopes, Resolution resolution) =>
        [.. resolution.Requests.Concat<Fact>(resolution.Commitments).Concat(resolution.Deliveries).Where(f => f.Claims.Count > 1 || f.Unit != f.First.Unit)
            .Select(f => new Abroad(FactRows.ScopeOf(f), FactRows.ConcernOf(f))).Where(a => a.Concern.Name != a.Home && !scopes.Contains(a.Concern.Name))];
}
