using Facts.Api.Database;
using Facts.Api.Http;
using Npgsql;

namespace Facts.Api.Claims;

/// <summary>
/// Warns of commitments of which a delivery was over before any pledge was stated, at each claim of the batch that says either.
/// That happens in the world, but also if a date or a key is mistaken.
/// </summary>
internal static class EarlyDeliveryWarnings
{
    /// <summary>Asks in a round trip for the days of commitments, once the batch is stored.</summary>
    /// <returns>Adds the warnings, once the statements have been sent.</returns>
    public static Action Ask(RoundTrip trip, ResolvedBatch batch)
    {
        var keys = batch.Claims.Where(c => c.Row.Kind is "pledge" or "delivery")
            .Select(c => c.Row.Commitment).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        if (keys.Length == 0) return () => { };
        var early = trip.Ask(Sql.Text("Claims", "delivered_before_pledged"),
            r => (Key: r.GetString(0), Stated: r.GetFieldValue<DateOnly>(1), Delivered: r.GetFieldValue<DateOnly>(2)), new NpgsqlParameter("keys", keys));
        return () => Warn(batch, early.ToDictionary(e => e.Key, e => (e.Stated, e.Delivered), StringComparer.Ordinal));
    }

    static void Warn(ResolvedBatch batch, Dictionary<string, (DateOnly Stated, DateOnly Delivered)> early)
    {
        foreach (var (sent, _, claim) in batch.Claims)
        {
            if (claim.Commitment is null || !early.TryGetValue(claim.Commitment, out var days)) continue;
            if (claim is { Kind: "delivery" } && claim.HappenedTo < days.Stated)
                batch.Errors.Warn(BatchErrors.At(sent, "happened_on", Problems.InvalidDate.Code,
                    $"was delivered before the commitment it names was stated, which was on {WireValue.Format(days.Stated)}", claim.HappenedOn));
            if (claim is { Kind: "pledge" } && claim.StatedFrom == days.Stated)
                batch.Errors.Warn(BatchErrors.At(sent, "stated_on", Problems.InvalidDate.Code,
                    $"was stated after a delivery of it, which was on {WireValue.Format(days.Delivered)} at the latest", claim.StatedOn));
        }
    }
}
