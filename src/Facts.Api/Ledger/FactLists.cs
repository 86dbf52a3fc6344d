using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Ledger;

/// <summary>Lists of requests, commitments and deliveries: the rows kept for today on, or rows made of the claims for any other day.</summary>
internal sealed class FactLists(FactsContext database, TimeProvider clock)
{
    /// <summary>The fields all three have, in their order.</summary>
    public static ListFields<TRow> Common<TRow>(ListFields<TRow> fields) where TRow : FactRow => fields
        .Field("key", f => f.Key, "The key its claims name it by.")
        .Field("donors", f => f.Donors, "Who gives, jointly where several; of a request who is asked.", example: "DEU")
        .Field("recipient", f => f.Recipient, "Who receives.", facet: true, example: "UKR")
        .Field("items", f => f.Items, "What; any of them where several.", example: "iris-t")
        .Field("unit", f => f.Unit, "What is counted.", facet: true, example: "system")
        .Field("stated_on", f => f.StatedOn, "When its earliest claim was stated (EDTF).")
        .Field("stated_from", f => f.StatedFrom, "First day of that; null where open.")
        .Field("stated_to", f => f.StatedTo, "Last day of that; null where open.");

    /// <summary>The flags all three have, the names they are looked up by, and the two times.</summary>
    public static ListFields<TRow> Ending<TRow>(ListFields<TRow> fields) where TRow : FactRow => fields
        .Field("unquantified", f => f.Unquantified, "Without a number.")
        .Field("disputed", f => f.Disputed, "A denial hangs on it.")
        .Field("conflict", f => f.Conflict, "Its claims disagree.")
        .Field("possible_overlap", f => f.PossibleOverlap, "It may be another fact told again.")
        .Field("envelope_low", f => f.EnvelopeLow, "Least that any claim says.")
        .Field("envelope_high", f => f.EnvelopeHigh, "Most that any claim says; null without bound.")
        .Field("claims", f => f.Claims, "Claims behind it, as far as stated.")
        .Field("publishers", f => f.Publishers, "Independent publishers among them.")
        .Parameter("donor", WireType.Text, "Given by one of these, alone or jointly: code, name or alias.", many: true, example: "Germany")
        .Parameter("recipient", WireType.Text, "Given to one of these: code, name or alias.", many: true, example: "UKR")
        .Parameter("item", WireType.Text, "One of these items or what is below them: code, name or alias.", many: true, example: "air-defence")
        .Timed();

    public Task<IResult> AnswerAsync<TRow>(HttpContext http, ListFields<TRow> fields, Func<FactRows, List<TRow>> of, CancellationToken cancel) where TRow : FactRow =>
        fields.AnswerAsync(http, async (request, token) =>
        {
            var names = await NameFilter.ReadAsync(database, request.Parameters, token);
            var rows = await RowsAsync(request.AsOf!.Value, request.IsKnownAtGiven ? request.KnownAt : null, of, names.Recipients, token);
            if (names.Donors is { } donors) rows = rows.Where(r => r.Donors.Any(d => donors.Contains(d)));
            if (names.Recipients is { } recipients) rows = rows.Where(r => recipients.Contains(r.Recipient));
            if (names.Items is { } items) rows = rows.Where(r => r.Items.Any(i => items.Contains(i)));
            return new ListSource<TRow>(rows);
        }, cancel);

    /// <summary>One fact with its links and claims; 308 where it is now part of another.</summary>
    public async Task<IResult> GetAsync<TRow>(HttpContext http, string id, string noun, ListFields<TRow> fields, Func<FactRows, List<TRow>> of, CancellationToken cancel)
        where TRow : FactRow
    {
        var parameters = Parameters.Read(http, ListParameters.Time);
        if (parameters.Problem is { } wrong) return wrong;
        if (await Conditional.FreshAsync(http, cancel, http.Request.Path, Conditional.CanonicalQuery(http.Request), Today.ToString("O")) is { } fresh) return fresh;
        if (!long.TryParse(id, out var number)) return Problems.NotFound.Because($"there is nothing at '/v1/{noun}/{id}'");
        await using var snapshot = await Snapshot.BeginAsync(database, cancel);
        var (day, known) = (parameters.Day("as_of") ?? Today, parameters.Instant("known_at"));
        var links = new List<LinkRow>();
        var rows = await RowsAsync(day, known, made => { links.AddRange(made.Links); return of(made); }, null, cancel);
        var row = await FirstAsync(rows.Where(r => r.Id == number), cancel);
        if (row is null)
            return await FirstAsync(rows.Where(r => r.ClaimIds.Contains(number)), cancel) is { } now
                ? Results.Redirect($"/v1/{noun}/{now.Id}{http.Request.QueryString}", permanent: true, preserveMethod: true)
                : Problems.NotFound.Because($"there is nothing at '/v1/{noun}/{id}'{(parameters.Has("as_of") ? " on that day" : "")}");
        if (await IsKeptAsync(day, known, cancel))
            links = await Kept(day).Where(l => l.CommitmentId == number || l.DeliveryId == number).ToListAsync(cancel);
        var wire = fields.Fields.ToDictionary(f => f.Name, f => f.Get(row));
        wire["links"] = links.Where(l => l.CommitmentId == number && row is CommitmentRow || l.DeliveryId == number && row is DeliveryRow)
            .Select(l => new { commitment_id = l.CommitmentId, delivery_id = l.DeliveryId, quantity_low = l.QuantityLow, quantity_high = l.QuantityHigh, @explicit = l.Explicit });
        wire["evidence"] = await EvidenceAsync(row.ClaimIds, cancel);
        wire["as_of"] = day;
        return Results.Json(wire, Json.Options);
    }

    DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    async Task<IQueryable<TRow>> RowsAsync<TRow>(DateOnly day, DateTimeOffset? known, Func<FactRows, List<TRow>> of, string[]? recipients, CancellationToken cancel)
        where TRow : FactRow
    {
        if (await IsKeptAsync(day, known, cancel)) return database.Set<TRow>().AsNoTracking().Where(r => r.ValidFrom <= day && (r.ValidTo == null || r.ValidTo > day));
        var items = (await CatalogueStore.ReadAsync(database, cancel)).Tree;
        var standings = await StandingsReader.AtAsync(database, new View(day), new Evidence(known ?? Evidence.Everything), VaguePolicy.Acled, items, recipients, null, cancel);
        return of(FactRows.Of(standings)).AsQueryable();
    }

    async Task<bool> IsKeptAsync(DateOnly day, DateTimeOffset? known, CancellationToken cancel) =>
        known is null && day >= Today && !await database.Set<NeighbourhoodRow>().AnyAsync(n => n.KeptUntil <= day, cancel);

    IQueryable<LinkRow> Kept(DateOnly day) => database.Set<LinkRow>().AsNoTracking().Where(l => l.ValidFrom <= day && (l.ValidTo == null || l.ValidTo > day));

    static async Task<TRow?> FirstAsync<TRow>(IQueryable<TRow> rows, CancellationToken cancel) where TRow : FactRow =>
        (await ListQuery.ListAsync(rows.OrderBy(r => r.Id).Take(1), cancel)).FirstOrDefault();

    async Task<List<System.Text.Json.JsonElement>> EvidenceAsync(List<long> claims, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Ledger", "evidence"), cancel, new Npgsql.NpgsqlParameter("claims", claims.ToArray()));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<System.Text.Json.JsonElement>();
        while (await reader.ReadAsync(cancel)) found.Add(System.Text.Json.JsonDocument.Parse(reader.GetString(0)).RootElement);
        return found;
    }
}
