using System.Net;
using Npgsql;

namespace Facts.Api.Tests.Http.Exports;

/// <summary>Exports that need more than one network write, while the store changes or fails.</summary>
public sealed class ExportStreamTests(ExportStreamTests.Crowded service) : IClassFixture<ExportStreamTests.Crowded>
{
    const int Added = 150_000;

    public sealed class Crowded(Databases databases) : FactsService(databases)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await SqlAsync(ConnectionString,
                $"insert into parties (code, name, kind, aliases, members, version, is_removed) select 'p' || n, 'long name ' || md5(n::text) || md5((-n)::text) || md5((n * 7)::text) || md5((n * 11)::text), 'group', '{{}}', '{{}}', 1, false from generate_series(1, {Added}) n");
        }
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public async Task An_export_is_one_snapshot_whatever_is_written_meanwhile(string format)
    {
        var (answer, begun) = await BeginAsync(format);
        await SqlAsync(service.ConnectionString,
            $"update parties set name = name || ' written meanwhile' where code like 'p%'; insert into parties (code, name, kind, aliases, members, version, is_removed) values ('z-{format}', 'z', 'group', '{{}}', '{{}}', 1, false)");
        using var rest = new StreamReader(answer);
        var text = await rest.ReadToEndAsync(Cancel);
        await SqlAsync(service.ConnectionString, "update parties set name = replace(name, ' written meanwhile', '') where code like 'p%'");
        Assert.DoesNotContain("written meanwhile", text);
        Assert.DoesNotContain("z-" + format, text);
        Assert.Equal(Added, text.Split('\n').Count(l => l.Contains("long name")) + begun);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    [InlineData("parquet")]
    public async Task A_file_that_breaks_half_way_does_not_end_as_if_it_were_whole(string format)
    {
        var (answer, _) = await BeginAsync(format);
        await SqlAsync(service.ConnectionString,
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query like '%parties%'");
        await Assert.ThrowsAnyAsync<Exception>(() => answer.CopyToAsync(Stream.Null, Cancel));
    }

    [Fact]
    public async Task More_rows_than_a_sheet_has_are_refused_before_anything_is_sent()
    {
        await using var app = await HttpApp.StartAsync(Enumerable.Range(1, 1_048_576).Select(i => new Promise { Id = i }));
        Assert.Equal("400 too_many_rows []", await HttpApp.Summary(await app.SendAsync("GET", "/v1/promises?format=xlsx")));
        Assert.Equal(HttpStatusCode.OK, (await app.SendAsync("GET", "/v1/promises?format=xlsx&id__lte=10")).StatusCode);
    }

    /// <summary>The answer after its first line, and the number of long rows in the part that was read.</summary>
    async Task<(Stream Answer, int Begun)> BeginAsync(string format)
    {
        var answer = await service.Anonymous.GetAsync($"/v1/parties?format={format}&kind=group", HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadAsStreamAsync(Cancel);
        var lines = 0;
        // To the end of a line, so that no row is cut in two.
        for (var one = new byte[1]; await body.ReadAsync(one, Cancel) == 1;)
        {
            if (one[0] != '\n') continue;
            if (format != "csv" || ++lines == 2) return (body, 1);
        }
        throw new InvalidOperationException("The answer has no lines.");
    }

    static async Task SqlAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
