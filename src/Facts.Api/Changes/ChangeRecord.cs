using System.Text.Json;
using Facts.Api.Http;

namespace Facts.Api.Changes;

/// <summary>A change while its write is in progress: it collects the claims, facts, balances and resources that the write changes.</summary>
internal sealed class ChangeRecord(long id, ChangeKind kind)
{
    /// <summary>Facts and balances that a change lists at most. Its counts are always complete.</summary>
    public const int MaxListed = 1_000;

    readonly List<object> _resources = [];
    readonly List<FactChange> _facts = [];
    readonly List<BalanceChange> _balances = [];

    /// <summary>Number of the change, which its claims carry.</summary>
    public long Id => id;

    public ChangeKind Kind => kind;

    /// <summary>Place of the change among all changes, from 1. Set by <see cref="ChangeLog.AppendAsync"/>.</summary>
    public long Sequence { get; set; }

    /// <summary>Moment at which the change ended; null: when it is appended. A later change that was appended before makes the record time later.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>Record time of the change. Set by <see cref="ChangeLog.AppendAsync"/>.</summary>
    public DateTimeOffset RecordedAt { get; set; }

    public long? FirstClaim { get; private set; }
    public long? LastClaim { get; private set; }
    public int ClaimsRecorded { get; private set; }
    public int ClaimsEnded { get; set; }
    public int FactsChanged { get; private set; }
    public int BalancesMoved { get; private set; }

    /// <summary>The balances that moved, the first <see cref="MaxListed"/>.</summary>
    public IReadOnlyList<BalanceChange> Balances => _balances;

    public void RecordClaim(long claim)
    {
        FirstClaim = Math.Min(FirstClaim ?? claim, claim);
        LastClaim = Math.Max(LastClaim ?? claim, claim);
        ClaimsRecorded++;
    }

    /// <summary>Records an article, party, item, perimeter or decision that the write made, changed or removed.</summary>
    /// <param name="type">The type, as in its URL: <c>articles</c>.</param>
    /// <param name="name">The number or code.</param>
    /// <param name="action"><c>created</c>, <c>changed</c> or <c>removed</c>.</param>
    public void AddResource(string type, object name, string action) => _resources.Add(new { type, id = name, action });

    public void Add(IEnumerable<FactChange> facts)
    {
        foreach (var fact in facts)
            if (FactsChanged++ < MaxListed) _facts.Add(fact);
    }

    public void Add(IEnumerable<BalanceChange> balances)
    {
        foreach (var balance in balances)
            if (BalancesMoved++ < MaxListed) _balances.Add(balance);
    }

    /// <summary>Forgets the recorded facts and balances, since they are about to be recomputed.</summary>
    public void Forget()
    {
        (FactsChanged, BalancesMoved) = (0, 0);
        _facts.Clear();
        _balances.Clear();
    }

    public string ResourcesJson() => JsonSerializer.Serialize(_resources, Json.Options);

    public string FactsJson() => JsonSerializer.Serialize(_facts, Json.Options);

    public string BalancesJson() => JsonSerializer.Serialize(_balances, Json.Options);
}
