namespace Facts.Api.Ledger;

/// <summary>
/// Names of neighbourhoods and of the keys that tie them together. Claims of one recipient and unit can touch the same number (a request's unmet
/// need looks at every donor); a key can reach further.
/// </summary>
internal static class Scope
{
    /// <summary>The neighbourhood of a recipient and a unit.</summary>
    public static string Of(string recipient, string? unit) => $"s:{recipient}#{unit}";

    /// <summary>Of a change or an assessment that leaves recipient or unit to its commitment: a neighbourhood of its own, tied to that by the key.</summary>
    public static string Alone(string key) => "s:" + key;

    public static string CommitmentKey(string key) => "k:c:" + key;
    public static string DeliveryKey(string key) => "k:d:" + key;
    public static string RequestKey(string key) => "k:r:" + key;
}
