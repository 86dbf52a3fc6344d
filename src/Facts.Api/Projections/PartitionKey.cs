namespace Facts.Api.Projections;

/// <summary>
/// Names of partitions and of the keys that tie them together. Commitments and deliveries of the same donors, recipient and unit, of items in one tree, can touch one
/// another; requests of a recipient and a unit are looked at together, since their unmet need looks at every donor. A key can reach further.
/// </summary>
/// <param name="Name">What it is stored by.</param>
/// <param name="Recipient">Null where a claim leaves it to the fact it is about.</param>
/// <param name="Unit">Null where nothing is counted, or as for the recipient.</param>
internal sealed record PartitionKey(string Name, string? Recipient, string? Unit)
{
    const string OfGiven = "s:", OfRequests = "t:", Keys = "k:", RequestKeys = Keys + "r:";

    /// <summary>
    /// The partition of commitments and deliveries. A claim of a set from several trees has one of its own, tied to that of each. A claim stays in the one that it was
    /// stored in: when an item moves to another tree, the two are tied.
    /// </summary>
    public static PartitionKey From(CodeSet donors, string recipient, CodeSet trees, string? unit) => new($"{OfGiven}{donors.Joint}>{recipient}/{trees.AnyOf}#{unit}", recipient, unit);

    /// <summary>The partition of a claim that is stored.</summary>
    public static PartitionKey Stored(string name, string? recipient, string? unit) =>
        name.AsSpan(OfGiven.Length) is var rest && (rest.IsEmpty || rest.StartsWith(Keys)) ? new(name, null, null) : new(name, recipient, unit);

    /// <summary>All requests of a recipient and a unit. Sorts after the partitions of commitments: turns are taken in the order of the names.</summary>
    public static PartitionKey Requests(string recipient, string? unit) => new($"{OfRequests}{recipient}#{unit}", recipient, unit);

    /// <summary>Of a change or an assessment that leaves recipient or unit to its fact: a partition of its own, tied to the fact's by the key.</summary>
    public static PartitionKey Alone(string key) => new((key.StartsWith(RequestKeys, StringComparison.Ordinal) ? OfRequests : OfGiven) + key, null, null);

    public static bool IsOfRequests(string name) => name.StartsWith(OfRequests, StringComparison.Ordinal);

    public static string CommitmentKey(string key) => Keys + "c:" + key;
    public static string DeliveryKey(string key) => Keys + "d:" + key;
    public static string RequestKey(string key) => RequestKeys + key;

    /// <summary>Links partitions to one that what is in them concerns.</summary>
    public static string ConcernKey(string concern) => Keys + "concern:" + concern;
}
