namespace Facts;

/// <summary>What a fact is: a stated need, an undertaking to give, or something handed over.</summary>
public enum FactKind { Request, Commitment, Delivery }

/// <summary>
/// Something in the world that claims are about, with those claims as evidence. (<see cref="Kind"/>, <see cref="Id"/>) names it.
/// Whom and what it concerns is decided from all its reports; what changes with time is decided for a day by <see cref="Balance"/>.
/// </summary>
public abstract class Fact
{
    internal Fact(FactKind kind, string? key, IReadOnlyList<Claim> reports, IReadOnlyList<Claim> others)
    {
        (Kind, Key, Reports) = (kind, key, reports);
        Claims = [.. reports.Concat(others).DistinctBy(c => c.Id).Order(ClaimOrder.ByDay)];
        var about = key is null ? reports : Claims;
        Id = about.Min(c => c.FirstEditionId);
        First = reports.Min(ClaimOrder.ByName)!;
        (Donors, var recipient, Items, Unit) = ResolvedValue.ResolveSubject(reports);
        Recipient = recipient ?? "";
        ReportsDisagree = ResolvedValue.Contradict(reports);
    }

    public FactKind Kind { get; }

    /// <summary>Smallest <see cref="Claim.FirstEditionId"/> among its reports; of a keyed fact among all claims about it. Orders nothing.</summary>
    public long Id { get; }

    /// <summary>The key its claims name it by; null where none does.</summary>
    public string? Key { get; }

    /// <summary>The claims that assert it: requests, pledges or deliveries.</summary>
    public IReadOnlyList<Claim> Reports { get; }

    /// <summary>All its evidence: reports, amendments, cancellations and assessments, by stated day.</summary>
    public IReadOnlyList<Claim> Claims { get; }

    /// <summary>The first report by article and external id: what orders facts.</summary>
    public Claim First { get; }

    public CodeSet Donors { get; }

    public string Recipient { get; }

    public CodeSet Items { get; }

    /// <summary>Null where nothing is counted.</summary>
    public string? Unit { get; }

    /// <summary>Whether its reports disagree about whom or what it concerns.</summary>
    internal bool ReportsDisagree { get; }
}

/// <summary>A stated need.</summary>
public sealed class Request : Fact
{
    internal Request(string? key, IReadOnlyList<Claim> reports, IReadOnlyList<Claim> others)
        : base(FactKind.Request, key, reports, others)
    {
    }
}

/// <summary>Somebody undertakes to give.</summary>
public sealed class Commitment : Fact
{
    internal Commitment(string? key, IReadOnlyList<Claim> pledges, IReadOnlyList<Claim> others, IReadOnlyList<string> keys)
        : base(FactKind.Commitment, key, pledges, others)
    {
        Keys = keys;
        Changes = CommitmentChange.FromClaims(others, Unit, pledges.Min(c => DateWindow.From(c.Stated).Begin));
    }

    /// <summary>All keys it answers to: more than one only where an editor merged.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Amendments and cancellations, each once however many report it, in the order in which they take effect.</summary>
    internal IReadOnlyList<CommitmentChange> Changes { get; }

    /// <summary>The commitments it may be inside, by the keys its pledges give.</summary>
    internal IReadOnlyDictionary<string, Commitment> Wholes { get; set; } = new Dictionary<string, Commitment>();
}

/// <summary>Something handed over, or (<see cref="IsCumulative"/>) a claimed sum of what has been handed over by a day.</summary>
public sealed class Delivery : Fact
{
    internal Delivery(string? key, IReadOnlyList<Claim> reports, IReadOnlyList<Claim> others, bool isRunningTotal)
        : base(FactKind.Delivery, key, reports, others)
    {
        (IsCumulative, SupportingClaims) = (isRunningTotal, reports);
        CommitmentKey = ResolvedValue.Resolve(reports, c => c.CommitmentKey, StringComparer.Ordinal).Value;
    }

    /// <summary>Basis cumulative: only what it leaves unexplained is a delivery.</summary>
    public bool IsCumulative { get; }

    /// <summary>Key of the commitment its claims say it fulfils; null where none does.</summary>
    public string? CommitmentKey { get; }

    /// <summary>The commitments it goes to explicitly: the one it names, changed by editors' links. In a fixed order.</summary>
    internal IReadOnlyList<Commitment> Targets { get; set; } = [];

    /// <summary>Whether a claim names a commitment or an editor linked one: such a delivery is never matched automatically.</summary>
    internal bool IsExplicit { get; set; }

    /// <summary>What it is told by: its reports, and those of running totals that repeat it; nothing where it repeats another itself. See <see cref="CumulativeTotals.Repeat"/>.</summary>
    internal IReadOnlyList<Claim> SupportingClaims { get; set; }

    /// <summary>Commitments an editor says it did not go to.</summary>
    internal IReadOnlyList<Commitment> ExcludedTargets { get; set; } = [];
}
