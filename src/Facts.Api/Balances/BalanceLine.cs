namespace Facts.Api.Balances;

/// <summary>A row as it is answered: its groups by code and name, its unit, its measures as two numbers each, its counts.</summary>
/// <param name="Row">Sums and counts under their key.</param>
/// <param name="AsOf">The day it stands so at the end of.</param>
/// <param name="Filter">The question.</param>
/// <param name="Names">Names to show, under <c>party:CODE</c> and <c>item:code</c>.</param>
/// <param name="Explain">The URL of what is behind it.</param>
internal sealed record BalanceLine(BalanceQuery.Row Row, DateOnly AsOf, BalanceFilter Filter, IReadOnlyDictionary<string, string> Names, string Explain)
{
    /// <summary>Measures of facts that have neither firmness nor deadline.</summary>
    static readonly string[] NotOfCommitments = ["requested", "delivered", "unpledged", "unmet_need"];

    public BalanceKey Key => Row.Key;

    public string? RecipientName => Key.Recipient is { } code ? Names.GetValueOrDefault("party:" + code, code) : null;

    public bool Has(Grouping group) => Filter.GroupBy.HasFlag(group);

    /// <summary>The measure; null where the question asks by what its facts do not have.</summary>
    public Interval? Measured(string name, Func<Measures, Interval?> of) => Filter.OnlyCommitments && NotOfCommitments.Contains(name) ? null : of(Row.Measures);

    public string? Named(CodeSet? codes, string between, string noun) =>
        codes is { IsEmpty: false } ? string.Join(between, codes.Codes.Select(c => Names.GetValueOrDefault(noun + c, c))) : null;
}
