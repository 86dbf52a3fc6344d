namespace Facts;

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
