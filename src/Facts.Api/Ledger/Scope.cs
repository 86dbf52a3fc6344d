namespace Facts.Api.Ledger;

/// <summary>
/// Names of neighbourhoods and of the keys that tie them together. Commitments and deliveries of the same donors, recipient and unit can touch one
/// another; requests of a recipient and a unit are looked at together, since their unmet need looks at every donor. A key can reach further.
/// </summary>
/// <param name="Name">What it is stored by.</param>
/// <param name="Recipient">Null where a claim leaves it to the fact it is about.</param>
/// <param name="Unit">Null where nothing is counted, or as for the recipient.</param>
internal sealed record Scope(string Name, string? Recipient, string? Unit)
{
    const string OfRequests = "t:", RequestKeys = "k:r:";

    /// <summary>The neighbourhood of commitments and deliveries.</summary>
    public static Scope Of(IEnumerable<string> donors, string recipient, string? unit) => new($"s:{string.Join('+', donors)}>{recipient}#{unit}", recipient, unit);

    /// <summary>All requests of a recipient and a unit. Sorts after the neighbourhoods of commitments: turns are taken in the order of the names.</summary>
    public static Scope Requests(string recipient, string? unit) => new($"{OfRequests}{recipient}#{unit}", recipient, unit);

    /// <summary>Of a change or an assessment that leaves recipient or unit to its fact: a neighbourhood of its own, tied to the fact's by the key.</summary>
    public static Scope Alone(string key) => new((key.StartsWith(RequestKeys, StringComparison.Ordinal) ? OfRequests : "s:") + key, null, null);

    public static bool IsOfRequests(string name) => name.StartsWith(OfRequests, StringComparison.Ordinal);

    public static string CommitmentKey(string key) => "k:c:" + key;
    public static string DeliveryKey(string key) => "k:d:" + key;
    public static string RequestKey(string key) => RequestKeys + key;
}
