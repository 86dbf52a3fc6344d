using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Facts.Api.Hosting;
using Facts.Api.Tests.EmbeddedPostgres;
using Facts.Api.Tests.Imports;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Facts.Api.Tests.Hosting;

/// <summary>A store that another build of Facts made, and the states that a new store begins with.</summary>
public sealed class StoreBuildTests(Databases databases) : ServerTest
{
    const string OlderMigration = "20240101000000_Older";
    const string NewerMigration = "29990101000000_Newer";

    const string OlderSentence = "An older build of Facts made this store (its last migration is 20240101000000_Older), and this build cannot convert it. "
        + "Export the store with the build that made it, then load the files into an empty store of this build";

    const string NewerSentence = "A newer build of Facts made this store (its last migration is 29990101000000_Newer). Start that build or a newer one.";

    [Theory]
    [InlineData(OlderMigration, OlderSentence, "")]
    [InlineData(OlderMigration, OlderSentence, "migrate")]
    [InlineData(NewerMigration, NewerSentence, "")]
    [InlineData(NewerMigration, NewerSentence, "migrate")]
    public async Task A_store_of_another_build_is_refused_at_start_with_the_remedy(string migration, string sentence, string verb)
    {
        var database = await databases.NewDatabaseAsync();
        await PretendAsync(database, migration);

        Dictionary<string, string> settings = new() { ["Facts__DataDirectory"] = Data, ["ConnectionStrings__Facts"] = database };
        await using var service = new RunningService(settings, verb.Length == 0 ? [] : [verb]);
        await service.Process.WaitForExitAsync(Cancel);

        Assert.Equal(1, service.Process.ExitCode);
        Assert.Contains(sentence, Assert.Single((await service.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task Readiness_says_that_another_build_has_taken_over_the_external_database()
    {
        await using var service = new FactsService(databases);
        await service.InitializeAsync();
        Assert.Equal(HttpStatusCode.OK, (await service.Anonymous.GetAsync("/readyz", Cancel)).StatusCode);

        await PretendAsync(service.ConnectionString, OlderMigration);

        var answer = await service.Anonymous.GetAsync("/readyz", Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(OlderSentence, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData(OlderMigration)]
    [InlineData(NewerMigration)]
    public async Task A_service_writes_nothing_once_another_build_has_taken_over_the_store(string migration)
    {
        await using var service = new FactsService(databases);
        await service.InitializeAsync();
        await Case.AddItemsAsync(service.Admin);
        await PretendAsync(service.ConnectionString, migration);

        foreach (var query in new[] { "", "async=true" })
        {
            var (status, problem) = await service.Admin.LoadAsync(ImportCaller.Table("other-build", 3), query);
            Assert.Equal((503, "other_build"), (status, problem.Word("code")));
        }
        Assert.Equal(0L, await service.ScalarAsync("select count(*) from claims"));
        Assert.Equal(HttpStatusCode.OK, (await service.Anonymous.GetAsync("/v1/balances", Cancel)).StatusCode);
    }

    [Fact]
    public async Task States_are_seeded_once_and_the_changes_of_an_editor_survive_a_second_migrate()
    {
        await using var service = new FactsService(databases) { ConnectionString = await databases.EmptyDatabaseAsync() };
        await MigrateAsync(service);
        var states = await service.ScalarAsync("select count(*) from parties where kind = 'state'");
        Assert.True(states > 190, $"only {states} states");

        using var rename = new HttpRequestMessage(HttpMethod.Patch, "/v1/parties/DEU") { Headers = { { "If-Match", "*" } } };
        rename.Content = new StringContent("""{"name":"Federal Republic of Germany"}""", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.OK, (await service.Admin.SendAsync(rename, Cancel)).StatusCode);
        using var removal = new HttpRequestMessage(HttpMethod.Delete, "/v1/parties/TUV") { Headers = { { "If-Match", "*" } } };
        Assert.True((await service.Admin.SendAsync(removal, Cancel)).IsSuccessStatusCode);

        await MigrateAsync(service);

        Assert.Equal(states - 1, await service.ScalarAsync("select count(*) from parties where kind = 'state'"));
        Assert.Equal(1, await service.ScalarAsync("select count(*) from parties where code = 'DEU' and name = 'Federal Republic of Germany'"));
    }

    static async Task MigrateAsync(FactsService service)
    {
        await using var scope = service.Services.CreateAsyncScope();
        await CommandDispatcher.MigrateAsync(scope.ServiceProvider, Cancel);
    }

    /// <summary>Replaces the history of migrations by one that this build does not know.</summary>
    static async Task PretendAsync(string connectionString, string migration)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancel);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("delete from \"__EFMigrationsHistory\""),
                new("insert into \"__EFMigrationsHistory\" (migration_id, product_version) values ($1, '10')") { Parameters = { new() { Value = migration } } },
            },
        };
        Assert.True(await batch.ExecuteNonQueryAsync(Cancel) > 1);
    }
}
