using System.Text.Json;
using Facts.Api.Http;

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
