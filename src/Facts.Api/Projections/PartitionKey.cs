namespace Facts.Api.Projections;

/// <summary>
/// The key of a partition: an independent slice of claims, not a PostgreSQL table partition. Commitments and deliveries with equal donors, recipient, unit and
/// item tree form one partition. All requests of a recipient and unit form another, since unmet need counts the supply of every donor. Keys can link
/// partitions. Example: <c>s:DEU>UKR/air-defence#system</c>, and for requests <c>t:UKR#system</c>.
/// </summary>
/// <param name="Name">The name that is stored in the columns <c>partition</c>.</param>
/// <param name="Recipient">Code of the recipient; null where a claim leaves it to the fact that it is about.</param>
/// <param name="Unit">Unit of the quantity; null where nothing is counted, or where a claim leaves it to the fact that it is about.</param>
internal sealed record PartitionKey(string Name, string? Recipient, string? Unit)
{
    /// <summary>Prefix of the names of requests. It sorts after <see cref="SupplyPrefix"/>, since partitions are locked in the order of their names.</summary>
    public const string RequestPrefix = "t:";

    const string SupplyPrefix = "s:", KeyPrefix = "k:", RequestKeyPrefix = KeyPrefix + "r:", ReviewKeyPrefix = KeyPrefix + "n:";

    /// <summary>
    /// The partition of commitments and deliveries. Claims with items of several trees have a partition of their own, which is linked to the partition of each
    /// tree. A claim stays in the partition in which it was stored. When its item moves to another tree, the two partitions are linked.
    /// </summary>
    public static PartitionKey From(CodeSet donors, string recipient, CodeSet trees, string? unit) =>
        new($"{SupplyPrefix}{donors.Joint}>{recipient}/{trees.AnyOf}#{unit}", recipient, unit);

    /// <summary>The partition of a stored claim. A partition of one key has neither recipient nor unit.</summary>
    public static PartitionKey Stored(string name, string? recipient, string? unit) =>
        name.AsSpan(SupplyPrefix.Length) is var rest && (rest.IsEmpty || rest.StartsWith(KeyPrefix)) ? new(name, null, null) : new(name, recipient, unit);

    /// <summary>The partition of all requests of a recipient and unit.</summary>
    public static PartitionKey Requests(string recipient, string? unit) => new($"{RequestPrefix}{recipient}#{unit}", recipient, unit);

    /// <summary>
    /// The partition of a key: of an amendment, cancellation or assessment that leaves recipient or unit to its fact, or of a review key. The key links it
    /// to other partitions.
    /// </summary>
    public static PartitionKey Alone(string key) =>
        new((key.StartsWith(RequestKeyPrefix, StringComparison.Ordinal) ? RequestPrefix : SupplyPrefix) + key, null, null);

    public static bool IsOfRequests(string name) => name.StartsWith(RequestPrefix, StringComparison.Ordinal);

    public static string CommitmentKey(string key) => KeyPrefix + "c:" + key;
    public static string DeliveryKey(string key) => KeyPrefix + "d:" + key;
    public static string RequestKey(string key) => RequestKeyPrefix + key;

    /// <summary>
    /// The keys that link a partition of commitments and deliveries to those whose facts can be in a pair of the review list with its facts: those of its
    /// donors alone and jointly, in any unit. Example: <c>k:n:UKR/air-defence/DEU</c>. Every partition has these links from the moment its row is added.
    /// Each review key also has a partition without claims (<see cref="Alone"/>). Its row is what two writers that add partitions with the key both lock.
    /// </summary>
    public static IEnumerable<string> ReviewKeys(string name)
    {
        if (name.StartsWith(SupplyPrefix + ReviewKeyPrefix, StringComparison.Ordinal)) return [name[SupplyPrefix.Length..]];
        var recipient = name.IndexOf('>') + 1;
        if (!name.StartsWith(SupplyPrefix, StringComparison.Ordinal) || name.AsSpan(SupplyPrefix.Length).StartsWith(KeyPrefix) || recipient == 0) return [];
        var trees = name.IndexOf('/', recipient) + 1;
        var unit = name.IndexOf('#', trees) + 1;
        return Resolution.ReviewTokens(
            ClaimKind.Delivery, CodeSet.From(name[SupplyPrefix.Length..(recipient - 1)].Split('+', StringSplitOptions.RemoveEmptyEntries)),
            name[recipient..(trees - 1)], CodeSet.From(name[trees..(unit - 1)].Split('|')), name[unit..]).Select(token => KeyPrefix + token);
    }

    /// <summary>A key that links partitions to the partition to which their facts' merged values belong.</summary>
    public static string ConcernKey(string concern) => KeyPrefix + "concern:" + concern;
}
