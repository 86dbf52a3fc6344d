using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Facts.Api.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Facts.Api.Tests.Hosting;

public sealed class ReadinessTests(FactsService facts, Databases databases) : IClassFixture<FactsService>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_with_its_database_is_live_and_ready()
    {
        Assert.Equal("""{"status":"alive"}""", await facts.Anonymous.GetStringAsync("/livez", Cancel));
        Assert.Equal("""{"status":"ready"}""", await facts.Anonymous.GetStringAsync("/readyz", Cancel));
    }

    [Fact]
    public async Task A_service_on_an_external_database_waits_for_the_command_migrate()
    {
        await using var service = new FactsService(databases) { ConnectionString = await databases.EmptyDatabaseAsync() };

        var (status, problem) = await ReadyAsync(service);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("unavailable", problem.GetProperty("code").GetString());
        Assert.Contains("The database lacks", problem.GetProperty("detail").GetString());
        Assert.Contains("-- migrate", problem.GetProperty("detail").GetString());

        await using (var scope = service.Services.CreateAsyncScope())
            await CommandDispatcher.MigrateAsync(scope.ServiceProvider, Cancel);

        Assert.Equal(HttpStatusCode.OK, (await ReadyAsync(service)).Status);
    }

    [Fact]
    public async Task A_service_without_its_database_is_live_and_says_why_it_is_not_ready()
    {
        await using var service = new FactsService(databases) { ConnectionString = "Host=127.0.0.1;Port=1;Username=facts;Password=secret-word;Database=facts" };

        var (status, problem) = await ReadyAsync(service);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("The database cannot be reached.", problem.GetProperty("detail").GetString());
        Assert.DoesNotContain("secret-word", problem.ToString());
        Assert.Equal(HttpStatusCode.OK, (await service.Anonymous.GetAsync("/livez", Cancel)).StatusCode);
    }

    static async Task<(HttpStatusCode Status, JsonElement Body)> ReadyAsync(FactsService service)
    {
        var answer = await service.Anonymous.GetAsync("/readyz", Cancel);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel));
    }
}
