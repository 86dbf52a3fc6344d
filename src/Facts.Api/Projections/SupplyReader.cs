using Facts.Api.Database;
using Npgsql;

namespace Facts.Api.Projections;

/// <summary>Reads the stored supply to the recipients and units of requests.</summary>
internal sealed class SupplyReader
{
    readonly ILookup<(string Recipient, string Unit), (Supply Supply, DateOnly From, DateOnly? To)> _supplies;

    // The day before which the supply of a recipient and unit is covered, exclusive; null for no end.
    readonly Dictionary<(string Recipient, string Unit), DateOnly?> _coveredUntil;

    SupplyReader(
        ILookup<(string Recipient, string Unit), (Supply Supply, DateOnly From, DateOnly? To)> supplies,
        Dictionary<(string Recipient, string Unit), DateOnly?> coveredUntil) => (_supplies, _coveredUntil) = (supplies, coveredUntil);

    /// <summary>Reads the supply to the recipients and units of these requests, in two queries.</summary>
    public static async Task<SupplyReader> ReadAsync(FactsContext database, IEnumerable<Request> requests, CancellationToken cancel)
    {
        var subjects = requests.Select(SubjectOf).Distinct().ToList();
        return new(await SuppliesAsync(database, subjects, cancel), await CoveredUntilAsync(database, subjects, cancel));
    }

    /// <summary>The supply to the recipients and units of the requests in a resolution. The requests must be among those that were read.</summary>
    public StoredSupplies For(Resolution resolution)
    {
        var subjects = resolution.Requests.Select(SubjectOf).Distinct().ToList();
        return new([.. subjects.SelectMany(s => _supplies[s])], subjects.Min(s => _coveredUntil.GetValueOrDefault(s)));
    }

    static async Task<ILookup<(string, string), (Supply, DateOnly, DateOnly?)>> SuppliesAsync(
        FactsContext database, IReadOnlyList<(string Recipient, string Unit)> subjects, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Projections", "supplies"), cancel, Parameters(subjects));
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

    static async Task<Dictionary<(string, string), DateOnly?>> CoveredUntilAsync(
        FactsContext database, IReadOnlyList<(string Recipient, string Unit)> subjects, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            """
            select recipient, coalesce(unit, ''), min(computed_until)
            from partitions
            where (recipient, coalesce(unit, '')) in (select * from unnest(@recipients, @units)) and not is_request
            group by 1, 2
            """, cancel, Parameters(subjects));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var days = new Dictionary<(string, string), DateOnly?>();
        while (await reader.ReadAsync(cancel)) days[(reader.GetString(0), reader.GetString(1))] = reader.IsDBNull(2) ? null : reader.GetFieldValue<DateOnly>(2);
        return days;
    }

    static NpgsqlParameter[] Parameters(IReadOnlyList<(string Recipient, string Unit)> subjects) =>
        [new("recipients", subjects.Select(s => s.Recipient).ToArray()), new("units", subjects.Select(s => s.Unit).ToArray())];

    static (string Recipient, string Unit) SubjectOf(Request request) => (request.Recipient, request.Unit ?? "");
}
