using Facts.Api.Database;
using Facts.Api.Http;
using Npgsql;

namespace Facts.Api.Claims;

/// <summary>
/// Warns of a key whose claims name other donors, another recipient or another unit. Claims with one key are one fact, so a key that two strangers chose by
/// chance makes one fact of two: a pledge of 2 by Germany and a pledge of 3 by Poland.
/// </summary>
internal static class SharedKeyWarnings
{
    /// <summary>Asks in a round trip for the claims of the keys, once the batch is stored.</summary>
    /// <returns>Adds the warnings, once the statements have been sent.</returns>
    public static Action Ask(RoundTrip trip, ResolvedBatch batch)
    {
        var keys = batch.Claims.SelectMany(c => Keys(c.Row)).Distinct().ToList();
        if (keys.Count == 0) return () => { };
        var uses = trip.Ask(Sql.Text("Claims", "claims_of_keys"), r => (Key: (r.GetString(0), r.GetString(1)),
                Use: new KeyUse(r.GetString(2), r.GetFieldValue<string[]>(3), TextOrNull(r, 4), TextOrNull(r, 5))),
            new NpgsqlParameter("names", keys.Select(k => k.Name).ToArray()), new NpgsqlParameter("keys", keys.Select(k => k.Key).ToArray()));
        return () => Warn(batch, uses.ToLookup(u => u.Key, u => u.Use));
    }

    static void Warn(ResolvedBatch batch, ILookup<(string Name, string Key), KeyUse> uses)
    {
        foreach (var (sent, _, row) in batch.Claims)
            foreach (var (name, key) in Keys(row))
                if (Difference(row, uses[(name, key)]) is { } difference)
                    batch.Errors.Warn(BatchErrors.At(sent, name, Problems.Conflict.Code,
                        $"is also the key of {difference}; claims with one key are about one {name}", key));
    }

    static IEnumerable<(string Name, string Key)> Keys(ClaimRow row)
    {
        if (row.Commitment is { } commitment) yield return ("commitment", commitment);
        if (row.Delivery is { } delivery) yield return ("delivery", delivery);
        if (row.Request is { } request) yield return ("request", request);
    }

    /// <summary>The first use of the key that differs from the claim, in words; null if none does.</summary>
    static string? Difference(ClaimRow row, IEnumerable<KeyUse> uses)
    {
        foreach (var use in uses)
        {
            if (AreOthers(row, use)) return Describe(use, "donors", string.Join(';', use.Donors), string.Join(';', row.Donors));
            if (Differ(row.Recipient, use.Recipient)) return Describe(use, "recipient", use.Recipient!, row.Recipient!);
            if (Differ(row.Unit, use.Unit)) return Describe(use, "unit", use.Unit!, row.Unit!);
        }

        return null;

        static string Describe(KeyUse use, string column, string other, string own) => $"{Article(use.Kind)} {use.Kind} with {column} {other}, not {own}";
    }

    static bool Differ(string? own, string? other) => own is not null && other is not null && own != other;

    // One partner may deliver its share of a joint pledge, so claims of different kinds need only share their donors in part.
    static bool AreOthers(ClaimRow row, KeyUse use) => row.Donors.Count > 0 && use.Donors.Count > 0
        && (row.Kind == use.Kind ? !row.Donors.SequenceEqual(use.Donors) : !row.Donors.All(use.Donors.Contains) && !use.Donors.All(row.Donors.Contains));

    static string Article(string kind) => kind is "amendment" or "assessment" ? "an" : "a";

    static string? TextOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Kind, donors, recipient and unit that claims of a key have.</summary>
    sealed record KeyUse(string Kind, IReadOnlyList<string> Donors, string? Recipient, string? Unit);
}
