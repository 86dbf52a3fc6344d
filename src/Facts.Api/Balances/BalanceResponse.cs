using Facts.Api.Changes;

namespace Facts.Api.Balances;

/// <summary>A row of a balance as it is sent: its groups by code and name, its unit, its measures as two numbers each, and its counts.</summary>
/// <param name="Sums">The sums and counts of the row.</param>
/// <param name="AsOf">The row shows the state at the end of this day.</param>
/// <param name="Filter">The query that the row answers.</param>
/// <param name="Names">Display names under <c>party:CODE</c> and <c>item:code</c>.</param>
/// <param name="Url">Gives the URL of the explanation of a row. An answer can have very many rows, so each URL is made when it is sent.</param>
internal sealed record BalanceResponse(
    BalanceSums Sums, DateOnly AsOf, BalanceFilter Filter, IReadOnlyDictionary<string, string> Names, Func<BalanceKey, DateOnly, string> Url)
{
    /// <summary>Measures of facts that have no firmness, status or deadline.</summary>
    static readonly string[] NotOfCommitments = ["requested", "delivered", "unpledged", "unmet_need"];

    public BalanceKey Key => Sums.Key;

    public string Explain => Url(Key, AsOf);

    public string? RecipientName => Key.Recipient is { } code ? Names.GetValueOrDefault("party:" + code, code) : null;

    public bool Has(Grouping group) => Filter.GroupBy.HasFlag(group);

    /// <summary>
    /// Value of a measure. It is null where the query selects by firmness, status or deadline and the facts of the measure have none.
    /// Example: <c>firmness=firm</c> leaves <c>requested</c> null.
    /// </summary>
    public Interval? Measure(string name, Func<Measures, Interval?> of) => LeavesOut(name) ? null : of(Sums.Measures);

    /// <summary>True for a measure of facts that the query leaves out.</summary>
    public bool LeavesOut(string measure) => Filter.OnlyCommitments && NotOfCommitments.Contains(measure);

    /// <summary>Names of the measures that are <see cref="IsUnknown"/>, separated by commas; null without one.</summary>
    public string? Unknown =>
        Sums.Measures.Unquantified > 0 && string.Join(',', MeasureNames.All.Select(m => m.Name).Where(IsUnknown)) is { Length: > 0 } names ? names : null;

    /// <summary>True if something is promised and none of it has a number.</summary>
    bool IsPromisedWithoutNumbers =>
        Sums.Measures is { Unquantified: > 0, Commitments: > 0, Original.High: 0, Committed.High: 0, Intended.High: 0 };

    /// <summary>True where a measure is 0 because all that it counts came without a number.</summary>
    public bool IsUnknown(string measure)
    {
        if (LeavesOut(measure) || MeasureNames.All.First(m => m.Name == measure).Of(Sums.Measures) is not { High: 0 }) return false;
        return measure switch
        {
            "delivered" => Sums.Measures is { Unquantified: > 0, Deliveries: > 0 },
            "requested" or "unmet_need" => Sums.Measures is { Unquantified: > 0, Requests: > 0, Commitments: 0, Deliveries: 0 },
            "original" or "committed" or "credited" or "outstanding" => IsPromisedWithoutNumbers,
            "overdue" => Sums.Measures.UnquantifiedOverdue > 0,
            "overdue_original" => Sums.Measures.UnquantifiedOverdueOriginal > 0,
            _ => false,
        };
    }

    /// <summary>Display names of these codes, joined by the separator; null without codes. A code without a name stands for itself.</summary>
    public string? NameOf(CodeSet? codes, string separator, string prefix) =>
        codes is { IsEmpty: false } ? string.Join(separator, codes.Codes.Select(c => Names.GetValueOrDefault(prefix + c, c))) : null;
}
