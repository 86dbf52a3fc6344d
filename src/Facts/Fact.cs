namespace Facts;

/// <summary>
/// Something in the world, with claims as its evidence. <see cref="Kind"/> and <see cref="Id"/> together name it.
/// All its reports decide its donors, recipient, items and unit. <see cref="Balance"/> computes for a day what changes over time.
/// </summary>
public abstract class Fact
{
    internal Fact(FactKind kind, string? key, IReadOnlyList<Claim> reports, IReadOnlyList<Claim> others)
    {
        (Kind, Key, Reports, Others) = (kind, key, reports, others);
        Claims = reports.Count + others.Count == 1 ? reports : [.. reports.Concat(others).DistinctBy(c => c.Id).Order(ClaimOrder.ByDay)];
        Id = SmallestId(key is null ? reports : Claims);
        First = reports.Count == 1 ? reports[0] : reports.Min(ClaimOrder.ByName)!;
        (Donors, var recipient, Items, Unit) = ResolvedValue.ResolveSubject(reports);
        Recipient = recipient ?? "";
        ReportsDisagree = ResolvedValue.Contradict(reports);
    }

    public FactKind Kind { get; }

    /// <summary>Smallest <see cref="Claim.FirstEditionId"/> of its reports; of a keyed fact, of all its claims. It never orders anything.</summary>
    public long Id { get; }

    /// <summary>The key by which its claims name it; null if none does. With several keys: the first in ordinal order.</summary>
    public string? Key { get; }

    /// <summary>Claims that assert it: requests, pledges or deliveries.</summary>
    public IReadOnlyList<Claim> Reports { get; }

    /// <summary>Claims about it that do not assert it: amendments, cancellations and assessments.</summary>
    internal IReadOnlyList<Claim> Others { get; }

    /// <summary>Its place among the commitments, or among the deliveries, of the partition that was made of it last.</summary>
    internal int Place { get; set; }

    /// <summary>
    /// Its place among the facts that a computation goes through, so that it finds what it has of a fact in an array. Each computation numbers its facts when
    /// it begins: no other goes through them at the same time. A fact that is not among them has any number.
    /// </summary>
    internal int Number { get; set; }

    /// <summary>The fact as it is compared with others for review; null before it was.</summary>
    internal ComparedFact? Compared { get; set; }

    /// <summary>All its evidence in the order of stated days: reports, amendments, cancellations and assessments.</summary>
    public IReadOnlyList<Claim> Claims { get; }

    /// <summary>First report by article and external id. Facts are ordered by it.</summary>
    public Claim First { get; }

    public CodeSet Donors { get; }

    public string Recipient { get; }

    public CodeSet Items { get; }

    /// <summary>Unit of its numbers; null if no report gives one.</summary>
    public string? Unit { get; }

    /// <summary>True if its reports give different donors, recipients, items or units.</summary>
    internal bool ReportsDisagree { get; }

    // Facts are equal only to themselves. This hash needs no lock, unlike that of object.
    public sealed override int GetHashCode() => HashCode.Combine(Kind, Id);

    static long SmallestId(IReadOnlyList<Claim> claims)
    {
        var id = claims[0].FirstEditionId;
        for (var i = 1; i < claims.Count; i++) id = Math.Min(id, claims[i].FirstEditionId);
        return id;
    }
}
