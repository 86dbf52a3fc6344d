using System.Net.Http.Json;
using System.Text.Json;
using Facts.Api.Database;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Facts.Api.Tests.Projections;

/// <summary>An editor's decision about a claim whose next edition is about other parties.</summary>
public sealed class MovedEditionTests(Databases databases)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_decision_applies_to_the_next_edition_in_another_partition()
    {
        await using var service = new FactsService(databases) { ConnectionString = await databases.NewDatabaseAsync() };
        await MakeAsync(service);

        Assert.Empty(await service.DifferencesAsync());
        var deliveries = await new Case(service.Anonymous).GetAsync("/v1/deliveries");
        Assert.Equal(2, Assert.Single(deliveries.GetProperty("items").EnumerateArray()).GetProperty("claims").GetInt32());
    }

    [Fact]
    public async Task A_store_of_an_earlier_build_is_linked_and_computed_again()
    {
        await using var service = new FactsService(databases) { ConnectionString = await databases.NewDatabaseAsync() };
        await MakeAsync(service);
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WriteContext>();
        var migrations = database.GetService<IMigrator>();
        await migrations.MigrateAsync("SearchIndexes", Cancel);
        await database.Database.ExecuteSqlAsync(
            $"update partition_links set key = replace(key, 'k:edition:', 'k:root:') where key like 'k:edition:%' and partition like 's:ITA>%'", Cancel);
        Assert.Equal(1, await service.ScalarAsync("select count(*) from partition_links where key like 'k:root:%'"));
        await database.Database.ExecuteSqlAsync($"update deliveries set conflict = not conflict", Cancel);
        Assert.NotEmpty(await service.DifferencesAsync());

        await migrations.MigrateAsync(cancellationToken: Cancel);
        var projector = scope.ServiceProvider.GetRequiredService<FactProjector>();
        for (string? last = ""; last is not null;) last = await projector.ExtendAsync(null, last, Cancel);
        Assert.Empty(await service.DifferencesAsync());
        Assert.Equal(2, await service.ScalarAsync("select count(*) from partition_links where key like 'k:edition:%'"));
    }

    // Two deliveries that an editor has merged; then the second is corrected: it came from Italy.
    static async Task MakeAsync(FactsService service)
    {
        await Case.AddItemsAsync(service.Admin);
        var first = await AddAsync("a", "DEU");
        var second = await AddAsync("b", "FRA");
        var decided = await service.Admin.PostAsJsonAsync("/v1/review/decisions", new { decision = "merge", a = first, b = second, reason = "one transport" }, Cancel);
        Assert.True(decided.IsSuccessStatusCode, await decided.Content.ReadAsStringAsync(Cancel));
        await AddAsync("b", "ITA");

        async Task<long> AddAsync(string article, string donor)
        {
            var answer = await service.Admin.PostAsJsonAsync("/v1/claims", new
            {
                external_id = "1", article_url = $"https://example.org/{article}", article_published_on = "2024-05-02", kind = "delivery",
                donors = new[] { donor }, recipient = "UKR", items = new[] { "iris-t" }, quantity = 2, unit = "system", happened_on = "2024-05-01",
            }, Cancel);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            Assert.True(answer.IsSuccessStatusCode, body.ToString());
            return body.GetProperty("id").GetInt64();
        }
    }
}
