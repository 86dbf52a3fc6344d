using Facts.Api.Database;
using Facts.Api.Http;
using Npgsql;

namespace Facts.Api.Claims;

/// <summary>
/// Warns of a delivery without a key that was over before the first pledge that it fits was stated. Such a delivery goes to no pledge, though it may be
/// the delivery of one that was told late: 20 arrive on 10 April, and the pledge of 20 is told on 24 April.
/// </summary>
/// <param name="tree">The hierarchy of items, with items that the import creates.</param>
internal sealed class UnkeyedDeliveryWarnings(ItemTree tree)
{
    /// <summary>The longest time, in days and inclusive, from the end of the delivery to the pledge. After more days they hardly are about one thing.</summary>
    const int Longest = 31;

    /// <summary>Partitions whose days are held at most: about 40 MB. Beyond it they are forgotten, and read again if a later batch needs them.</summary>
    const int MaxHeld = 50_000;

    // Lists, since a partition has few sets of items, and each set few days. In a large import, dictionaries of them took 60 MB.
    readonly Dictionary<string, List<ItemDays>> _partitions = new(StringComparer.Ordinal);

    /// <summary>Asks in a round trip for the days of claims, once the batch is stored.</summary>
    /// <returns>Adds the warnings, once the statements have been sent.</returns>
    public Action Ask(RoundTrip trip, ResolvedBatch batch)
    {
        var claims = batch.Claims.Where(c => IsPledge(c.Row) || IsUnkeyedDelivery(c.Row)).ToList();
        if (claims.Count == 0) return () => { };
        if (_partitions.Count > MaxHeld) _partitions.Clear();
        var unread = claims.Select(c => c.Row.Partition).Where(p => !_partitions.ContainsKey(p)).Distinct(StringComparer.Ordinal).ToArray();
        var read = unread.Length == 0 ? [] : trip.Ask(Sql.Text("Claims", "days_of_partitions"),
            r => (Partition: r.GetString(0), Items: r.GetFieldValue<string[]>(1), FirstPledge: r.IsDBNull(2) ? (DateOnly?)null : r.GetFieldValue<DateOnly>(2),
                Deliveries: r.GetFieldValue<DateOnly[]>(3)), new NpgsqlParameter("partitions", unread));
        return () =>
        {
            foreach (var partition in unread) _partitions[partition] = [];
            foreach (var row in read)
            {
                var days = Days(row.Partition, row.Items);
                if (row.FirstPledge is { } pledge) days.Pledged(pledge);
                foreach (var day in row.Deliveries) days.Delivered(day);
            }
            Warn(batch, claims);
        };
    }

    void Warn(ResolvedBatch batch, List<ResolvedClaim> claims)
    {
        // Partitions read before this batch lack its claims. A second look at the other claims changes nothing.
        foreach (var (_, _, row) in claims)
        {
            var days = Days(row.Partition, row.Items);
            if (IsPledge(row)) days.Pledged(row.StatedFrom!.Value);
            else days.Delivered(row.HappenedTo!.Value);
        }
        foreach (var (sent, _, row) in claims)
        {
            if (IsPledge(row)) WarnPledge(sent, row, batch.Errors);
            else WarnDelivery(sent, row, batch.Errors);
        }
    }

    void WarnDelivery(ParsedRow sent, ClaimRow row, BatchErrors errors)
    {
        if (FirstPledge(row.Partition, row.Items) is not { } first || !IsEarly(row.HappenedTo!.Value, first)) return;
        errors.Warn(BatchErrors.At(sent, "happened_on", Problems.InvalidDate.Code, "was delivered before the first pledge that it fits was stated, "
            + $"which was on {WireValue.Format(first)}; without a key it goes to no such pledge", row.HappenedOn));
    }

    void WarnPledge(ParsedRow sent, ClaimRow row, BatchErrors errors)
    {
        var stated = row.StatedFrom!.Value;
        var early = _partitions[row.Partition].Where(d => Covers(row.Items, d.Items))
            .Where(d => FirstPledge(row.Partition, d.Items) == stated)
            .SelectMany(d => d.Deliveries).Where(day => IsEarly(day, stated)).DefaultIfEmpty().Max();
        if (early == default) return;
        errors.Warn(BatchErrors.At(sent, "stated_on", Problems.InvalidDate.Code, "was stated after a delivery without a key that it fits, which was on "
            + $"{WireValue.Format(early)} at the latest; without a key that delivery does not go to it", row.StatedOn));
    }

    static bool IsEarly(DateOnly delivered, DateOnly stated) => delivered < stated && stated.DayNumber - delivered.DayNumber <= Longest;

    DateOnly? FirstPledge(string partition, IReadOnlyList<string> items) =>
        _partitions[partition].Where(d => d.FirstPledge is not null && Covers(d.Items, items)).Min(d => d.FirstPledge);

    /// <summary>True if each of the items is one of the wider items, or below it.</summary>
    bool Covers(IReadOnlyList<string> wider, IReadOnlyList<string> items) => items.All(item => wider.Any(w => tree.IsUnder(item, w)));

    // An intent takes no deliveries, and a remainder tells of a pledge that was stated before.
    static bool IsPledge(ClaimRow row) => row is { Kind: "pledge", Firmness: not "intent", QuantityBasis: not "remaining", StatedFrom: not null };

    static bool IsUnkeyedDelivery(ClaimRow row) =>
        row is { Kind: "delivery", Commitment: null, Stage: not "rejected", QuantityBasis: "increment", HappenedTo: not null };

    ItemDays Days(string partition, IReadOnlyList<string> items)
    {
        var days = _partitions[partition];
        foreach (var known in days)
            if (known.Items.SequenceEqual(items)) return known;
        var added = new ItemDays(items);
        days.Add(added);
        return added;
    }

    /// <summary>The days of the claims of a partition about one set of items.</summary>
    sealed class ItemDays(IReadOnlyList<string> items)
    {
        readonly List<DateOnly> _deliveries = [];

        public IReadOnlyList<string> Items => items;

        /// <summary>First possible day of the first pledge; null if there is no pledge.</summary>
        public DateOnly? FirstPledge { get; private set; }

        /// <summary>Last possible days of deliveries without a key, ascending, each once.</summary>
        public IReadOnlyList<DateOnly> Deliveries => _deliveries;

        public void Pledged(DateOnly day) => FirstPledge = FirstPledge < day ? FirstPledge : day;

        public void Delivered(DateOnly day)
        {
            var at = _deliveries.BinarySearch(day);
            if (at < 0) _deliveries.Insert(~at, day);
        }
    }
}
