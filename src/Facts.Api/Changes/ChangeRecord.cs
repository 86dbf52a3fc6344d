using System.Text.Json;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Changes;

/// <summary>A change on its way: gathers what it did until it is written down at its end.</summary>
internal sealed class ChangeRecord(long id, ChangeKind kind)
{
    /// <summary>Most facts and balances that a change is written down with; their numbers are always whole.</summary>
    public const int MaxListed = 1_000;

    readonly List<object> _resources = [];
    readonly List<FactChange> _facts = [];
    readonly List<BalanceChange> _moved = [];

    /// <summary>What its claims carry.</summary>
    public long Id => id;

    public ChangeKind Kind => kind;

    /// <summary>Known at the end.</summary>
    public long Sequence { get; set; }

    /// <summary>Known at the end.</summary>
    public DateTimeOffset RecordedAt { get; set; }

    public long? FirstClaim { get; private set; }
    public long? LastClaim { get; private set; }
    public int ClaimsRecorded { get; private set; }
    public int ClaimsEnded { get; set; }
    public int FactsChanged { get; private set; }
    public int BalancesMoved { get; private set; }

    /// <summary>The first balances that moved.</summary>
    public IReadOnlyList<BalanceChange> Balances => _moved;

    public void RecordClaim(long claim)
    {
        FirstClaim = Math.Min(FirstClaim ?? claim, claim);
        LastClaim = Math.Max(LastClaim ?? claim, claim);
        ClaimsRecorded++;
    }

    /// <summary>Takes note of something besides claims and facts.</summary>
    /// <param name="type">As in its URL: <c>articles</c>.</param>
    /// <param name="name">Its number or code.</param>
    /// <param name="action"><c>created</c>, <c>changed</c> or <c>removed</c>.</param>
    public void AddResource(string type, object name, string action) => _resources.Add(new { type, id = name, action });

    public void Add(IEnumerable<FactChange> facts)
    {
        foreach (var fact in facts)
            if (FactsChanged++ < MaxListed) _facts.Add(fact);
    }

    public void Add(IEnumerable<BalanceChange> moved)
    {
        foreach (var balance in moved)
            if (BalancesMoved++ < MaxListed) _moved.Add(balance);
    }

    /// <summary>Forgets the facts and balances noted so far: they are computed again.</summary>
    public void Forget()
    {
        (FactsChanged, BalancesMoved) = (0, 0);
        _facts.Clear();
        _moved.Clear();
    }

    public string ResourcesJson() => JsonSerializer.Serialize(_resources, Json.Options);

    public string FactsJson() => JsonSerializer.Serialize(_facts, Json.Options);

    public string BalancesJson() => JsonSerializer.Serialize(_moved, Json.Options);
}

/// <summary>A fact that came to be, changed, or went.</summary>
/// <param name="Kind">Request, commitment or delivery.</param>
/// <param name="Id">Its number.</param>
/// <param name="Action"><c>created</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="NowPartOf">Of a fact that went: the one that holds its first claim now; null where none does.</param>
internal sealed record FactChange(FactKind Kind, long Id, string Action, long? NowPartOf);

/// <summary>A balance that moved: the running total of one donor set, recipient, item set and unit, as of the day of the change.</summary>
/// <param name="Donor">As a row's <c>donor</c>; null for requests that ask nobody.</param>
/// <param name="Measures">By the measure's name; only those that moved.</param>
internal sealed record BalanceChange(string? Donor, string Recipient, string Item, string? Unit, IReadOnlyDictionary<string, MeasureChange> Measures)
{
    /// <summary>What differs between two sums under one key; null where nothing does.</summary>
    public static BalanceChange? Between(TotalRow key, Measures before, Measures after)
    {
        var measures = new Dictionary<string, MeasureChange>();
        foreach (var (name, _, of) in MeasureNames.All)
            if ((of(before) ?? Interval.Zero).InOrder() is var was && (of(after) ?? Interval.Zero).InOrder() is var now && was != now)
                measures[name] = new(was, now);
        return measures.Count == 0 ? null
            : new(key.Donors.Count == 0 ? null : string.Join('+', key.Donors), key.Recipient, string.Join('|', key.Items), key.Unit, measures);
    }
}

/// <summary>A measure before and after.</summary>
internal sealed record MeasureChange(Interval Before, Interval After);

/// <summary>The measures under their wire names, in the order in which they are shown.</summary>
internal static class MeasureNames
{
    public static readonly IReadOnlyList<(string Name, string Description, Func<Measures, Interval?> Of)> All =
    [
        ("requested", "Requests", m => m.Requested),
        ("intended", "Commitments of firmness `intent`; they are in no other measure", m => m.Intended),
        ("original", "Commitments as first made", m => m.Original),
        ("committed", "Commitments as they stand: original, amendments and cancellations", m => m.Committed),
        ("cancelled", "Taken back by cancellations", m => m.Cancelled),
        ("delivered", "Deliveries at or past `min_stage`", m => m.Delivered),
        ("credited", "Of each commitment what was delivered to it, at most what is committed", m => m.Credited),
        ("surplus", "Of each commitment what was delivered beyond it", m => m.Surplus),
        ("unpledged", "What of the row's deliveries went to no commitment", m => m.Unpledged),
        ("outstanding", "Of each commitment what is still to come", m => m.Outstanding),
        ("overdue", "Outstanding past the deadline in force", m => m.Overdue),
        ("overdue_original", "Outstanding past the first deadline", m => m.OverdueOriginal),
        ("unmet_need", "Of each request what neither commitments nor unpledged deliveries since cover, whoever gives", m => m.UnmetNeed),
    ];
}
