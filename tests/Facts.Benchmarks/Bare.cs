using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Facts.Benchmarks;

/// <summary>
/// The limit for reads: a web server that sends the service's statements in one prepared round trip and writes each column as JSON.
/// It has no parameters to check, no names to look up, no access control and no formats.
/// </summary>
internal static class Bare
{
    const string Valid = "valid_from <= $2 and (valid_to is null or valid_to > $2)";

    const string Coverage =
        """
        select (select version from dataset),
            exists (select from partitions where computed_until <= $1 and computed_until is not null)
            or exists (select from partitions where computed_from > $1 and computed_from > '-infinity')
        """;

    const string Covered =
        """
        exists (
            select from partitions p
            where p.partition = f.partition and p.computed_from <= $2 and (p.computed_until is null or p.computed_until > $2))
        """;

    static readonly string Measures = string.Join(", ", new[]
    {
        "requested", "intended", "original", "committed", "cancelled", "delivered", "credited", "surplus", "unpledged", "outstanding", "overdue", "overdue_original",
        "unmet_need",
    }.Select(m => $"sum({m}_low) as {m}_low, case when not bool_or({m}_low is not null and {m}_high is null) then sum({m}_high) end as {m}_high"));

    static readonly string Counts = string.Join(", ", new[]
    {
        "commitments", "deliveries", "requests", "unquantified", "conditional", "on_hold", "disputed", "conflicts", "possible_overlap", "claims",
        "committed_overlap", "delivered_overlap",
    }.Select(c => $"sum({c}) as {c}"));

    const string OfRecipient = $"from totals where recipient = any ($1) and {Valid}";

    static readonly string Spanning = string.Join(" union all ", new[]
    {
        (Kind: "commitment", Table: "commitments", Measure: "committed", Counts: "a.firmness <> 'intent' and b.firmness <> 'intent'"),
        (Kind: "delivery", Table: "deliveries", Measure: "delivered", Counts: "not a.unexplained and not b.unexplained"),
    }.Select(t =>
        $"""
        select '{t.Kind}', a.recipient, a.id, a.donors, a.items, a.unit, coalesce(a.{t.Measure}_low, 0), b.id, b.donors, b.items, b.unit,
            coalesce(b.{t.Measure}_low, 0)
        from candidates
        join {t.Table} a on a.id = candidates.a and a.valid_from <= $2 and (a.valid_to is null or a.valid_to > $2)
        join {t.Table} b on b.id = candidates.b and b.valid_from <= $2 and (b.valid_to is null or b.valid_to > $2)
        where spans_totals and kind = '{t.Kind}' and reason <> 'remaining' and candidates.recipient = any ($1) and {t.Counts}
        """));

    const string Evidence =
        $"""
        select c.id, c.external_id, c.kind, c.firmness, c.stage, c.stated_on, c.happened_on, c.due_on, c.quantity_low, c.quantity_high, c.quantity_qualifier,
            c.quantity_basis, c.quantity_text, c.unit, c.quote, c.quote_prefix, c.quote_suffix, c.claimant, c.attribution, c.rank, c.note, a.id as article_id,
            a.url, a.external_id as article_external_id, a.title, a.publisher, a.published_on
        from claims c
        join articles a on a.id = c.article_id
        where c.id = any ((select claim_ids from commitments where id = $1 and {Valid})::bigint[])
        order by c.stated_to, c.stated_from, a.external_id, a.url, c.external_id
        """;

    public static async Task RunAsync(string connectionString, string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 50, AutoPrepareMinUsages = 2, NoResetOnClose = true, MaxPoolSize = 32,
        });
        var app = builder.Build();
        app.Urls.Add(address);
        app.MapGet("/commitments/{id:long}", (HttpContext http, long id) => AnswerAsync(http, source, null,
            [
                $"select f.*, (select version from dataset), {Covered} from commitments f where f.id = $1 and {Valid}",
                $"select * from links where commitment_id = $1 and {Valid} order by delivery_id", Evidence,
            ], id));
        app.MapGet("/commitments", (HttpContext http, string donor) => AnswerAsync(http, source, Coverage,
            [$"select * from commitments where donors && $1 and {Valid} order by id limit 51"], new[] { donor }));
        app.MapGet("/balances", (HttpContext http, string recipient) => AnswerAsync(http, source, Coverage,
            [
                $"""
                select donors, unit, {Measures}, {Counts}, max(last_stated_on), string_agg(array_send(article_ids), ''::bytea) as articles,
                    string_agg(array_send(publishers), ''::bytea) as publishers
                {OfRecipient}
                group by donors, unit
                """,
                Spanning,
            ], new[] { recipient }));
        app.MapGet("/version", async (HttpContext http) =>
        {
            await using var command = source.CreateCommand("select version from dataset");
            var tag = $"W/\"{(long)(await command.ExecuteScalarAsync())!}\"";
            http.Response.Headers.ETag = tag;
            http.Response.StatusCode = http.Request.Headers.IfNoneMatch == tag ? 304 : 200;
        });
        await app.RunAsync();
    }

    /// <summary>Sends the statements, whose parameters are <paramref name="value"/> and the day.</summary>
    static async Task AnswerAsync(HttpContext http, NpgsqlDataSource source, string? coverage, string[] statements, object value)
    {
        var day = DateOnly.FromDateTime(DateTime.UtcNow);
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        if (coverage is not null) batch.BatchCommands.Add(new(coverage) { Parameters = { new() { Value = day } } });
        foreach (var statement in statements)
            batch.BatchCommands.Add(new(statement) { Parameters = { new() { Value = value }, new() { Value = day } } });
        await using var reader = await batch.ExecuteReaderAsync();
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartArray();
        do
            while (await reader.ReadAsync()) WriteRow(json, reader);
        while (await reader.NextResultAsync());
        json.WriteEndArray();
        await json.FlushAsync();
    }

    static void WriteRow(Utf8JsonWriter json, NpgsqlDataReader reader)
    {
        json.WriteStartObject();
        for (var i = 0; i < reader.FieldCount; i++)
        {
            json.WritePropertyName(reader.GetName(i));
            if (reader.IsDBNull(i)) json.WriteNullValue();
            else if (reader.GetDataTypeName(i) is var type && type == "text[]") WriteAll(json, reader.GetFieldValue<string[]>(i), json.WriteStringValue);
            else if (type == "bigint[]") WriteAll(json, reader.GetFieldValue<long[]>(i), json.WriteNumberValue);
            else if (type.StartsWith("numeric", StringComparison.Ordinal)) json.WriteNumberValue(reader.GetDecimal(i));
            else if (type == "bigint") json.WriteNumberValue(reader.GetInt64(i));
            else if (type == "integer") json.WriteNumberValue(reader.GetInt32(i));
            else if (type == "boolean") json.WriteBooleanValue(reader.GetBoolean(i));
            else if (type == "date") json.WriteStringValue(reader.GetFieldValue<DateOnly>(i).ToString("O"));
            else if (type == "bytea") json.WriteBase64StringValue(reader.GetFieldValue<byte[]>(i));
            else json.WriteStringValue(reader.GetString(i));
        }
        json.WriteEndObject();
    }

    static void WriteAll<T>(Utf8JsonWriter json, T[] values, Action<T> write)
    {
        json.WriteStartArray();
        foreach (var value in values) write(value);
        json.WriteEndArray();
    }
}
