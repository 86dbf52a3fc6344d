using Facts.Api.Database;
using Npgsql;

namespace Facts.Api.Projections;

/// <summary>Reads the stored supply to the recipients and units of requests.</summary>
internal sealed class SupplyReader
{
    readonly ILookup<(string Recipient, string Unit), (Supply Supply, DateOnly From, DateOnly? To)> _supplies;

    // The days for which the supply of a recipient and unit is covered: the first inclusive, the last exclusive; null for no beginning and no end.
    readonly Dictionary<(string Recipient, string Unit), (DateOnly? From, DateOnly? Until, bool IsDeferred)> _covered;

    SupplyReader(
        ILookup<(string Recipient, string Unit), (Supply Supply, DateOnly From, DateOnly? To)> supplies,
        Dictionary<(string Recipient, string Unit), (DateOnly? From, DateOnly? Until, bool IsDeferred)> covered) => (_supplies, _covered) = (supplies, covered);

    /// <summary>Reads the supply to the recipients and units of these requests, in two queries.</summary>
    /// <param name="database">The store.</param>
    /// <param name="requests">The requests.</param>
    /// <param name="first">First day for which the supply is read, inclusive.</param>
    /// <param name="last">Last day for which it is read, inclusive.</param>
    /// <param name="except">Partitions whose supply is left out.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public static async Task<SupplyReader> ReadAsync(
        FactsContext database, IEnumerable<Request> requests, DateOnly first, DateOnly last, string[] except, CancellationToken cancel)
    {
        var subjects = requests.Select(SubjectOf).Distinct().ToList();
        if (subjects.Count == 0) return new(Array.Empty<((string, string), (Supply, DateOnly, DateOnly?))>().ToLookup(r => r.Item1, r => r.Item2), []);
        return new(await SuppliesAsync(database, subjects, first, last, except, cancel), await CoveredAsync(database, subjects, cancel));
    }

    /// <summary>The supply to the recipients and units of the requests in a resolution. The requests must be among those that were read.</summary>
    public StoredSupplies For(Resolution resolution)
    {
        var subjects = resolution.Requests.Select(SubjectOf).Distinct().ToList();
        var covered = subjects.ConvertAll(s => _covered.GetValueOrDefault(s));
        return new([.. subjects.SelectMany(s => _supplies[s])], covered.Max(c => c.From), covered.Min(c => c.Until), covered.Exists(c => c.IsDeferred));
    }

    static async Task<ILookup<(string, string), (Supply, DateOnly, DateOnly?)>> SuppliesAsync(
        FactsContext database, IReadOnlyList<(string Recipient, string Unit)> subjects, DateOnly first, DateOnly last, string[] except,
        CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            Sql.Text("Projections", "supplies"), cancel,
            [.. Parameters(subjects), new("first", first), new("last", last), Sql.ArrayParameter("except", except)]);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<((string, string) Subject, (Supply, DateOnly, DateOnly?) Dated)>();
        while (await reader.ReadAsync(cancel))
        {
            var (recipient, unit) = (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1));
            var quantity = new Interval(reader.GetDecimal(5), reader.IsDBNull(6) ? null : reader.GetDecimal(6));
            var supply = new Supply(
                recipient, unit, CodeSet.From(reader.GetFieldValue<string[]>(2)), reader.GetFieldValue<DateOnly>(3), reader.GetFieldValue<DateOnly>(4),
                quantity);
            rows.Add(((recipient, unit ?? ""), (supply, reader.GetFieldValue<DateOnly>(7), reader.IsDBNull(8) ? null : reader.GetFieldValue<DateOnly>(8))));
        }
        return rows.ToLookup(r => r.Subject, r => r.Dated);
    }

    static async Task<Dictionary<(string, string), (DateOnly?, DateOnly?, bool)>> CoveredAsync(
        FactsContext database, IReadOnlyList<(string Recipient, string Unit)> subjects, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            """
            select recipient, coalesce(unit, ''), nullif(max(computed_from), '-infinity'), min(computed_until), bool_or(is_deferred)
            from partitions
            where (recipient, coalesce(unit, '')) in (select * from unnest(@recipients, @units)) and not is_request
            group by 1, 2
            """, cancel, Parameters(subjects));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var covered = new Dictionary<(string, string), (DateOnly?, DateOnly?, bool)>();
        while (await reader.ReadAsync(cancel)) covered[(reader.GetString(0), reader.GetString(1))] = (Day(2), Day(3), reader.GetBoolean(4));
        return covered;

        DateOnly? Day(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);
    }

    static NpgsqlParameter[] Parameters(IReadOnlyList<(string Recipient, string Unit)> subjects) =>
        [new("recipients", subjects.Select(s => s.Recipient).ToArray()), new("units", subjects.Select(s => s.Unit).ToArray())];

    static (string Recipient, string Unit) SubjectOf(Request request) => (request.Recipient, request.Unit ?? "");
}
