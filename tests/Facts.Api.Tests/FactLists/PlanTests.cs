using System.Text.RegularExpressions;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.FactLists;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facts.Api.Tests.FactLists;

/// <summary>Pages that are asked for often read their rows in the order of an index: no table is read whole, and nothing is sorted but equal keys.</summary>
public sealed class PlanTests(SampledService service) : IClassFixture<SampledService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/claims", "")]
    [InlineData("/v1/claims", "sort=stated_on")]
    [InlineData("/v1/claims", "sort=-stated_on&kind=pledge")]
    [InlineData("/v1/claims", "sort=due_on&unit=system")]
    [InlineData("/v1/claims", "sort=-due_on")]
    [InlineData("/v1/claims", "article_id=1&sort=stated_on")]
    [InlineData("/v1/claims", "commitment=de-iris-t-2024")]
    public async Task A_page_of_claims_reads_an_index(string path, string query) =>
        await ReadsIndexAsync(path, query, ClaimListSchema.Fields, ClaimResponse.All);

    [Theory]
    [InlineData("/v1/commitments", "")]
    [InlineData("/v1/commitments", "sort=-stated_on")]
    [InlineData("/v1/commitments", "sort=due_on&status=open")]
    [InlineData("/v1/commitments", "sort=-due_on&unit=system")]
    [InlineData("/v1/commitments", "sort=-outstanding_low")]
    [InlineData("/v1/commitments", "key=de-iris-t-2024")]
    public async Task A_page_of_commitments_reads_an_index(string path, string query) =>
        await ReadsIndexAsync(path, query, CommitmentListSchema.Fields, database => database.Set<CommitmentRow>());

    [Theory]
    [InlineData("/v1/deliveries", "sort=-stated_on")]
    public async Task A_page_of_deliveries_reads_an_index(string path, string query) =>
        await ReadsIndexAsync(path, query, DeliveryListSchema.Fields, database => database.Set<DeliveryRow>());

    async Task ReadsIndexAsync<TRow>(string path, string query, ListSchema<TRow> schema, Func<FactsContext, IQueryable<TRow>> rows) where TRow : class
    {
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        (http.Request.Path, http.Request.QueryString) = (path, new QueryString("?" + query));
        var request = ListRequest<TRow>.Read(http, schema);
        Assert.Null(request.Problem?.Detail);
        await using var transaction = await database.Database.BeginTransactionAsync(Cancel);
        // The sample is so small that the planner would read it whole. Reading and sorting a table is then the last resort, as it is with a million rows.
        await database.Database.ExecuteSqlRawAsync("set local enable_seqscan = off; set local enable_sort = off; set local enable_bitmapscan = off", Cancel);
        foreach (var first in rows(database).Filtered(request).Pages(request))
        {
            await using var command = first(50).CreateDbCommand();
            command.CommandText = "explain " + command.CommandText;
            var plan = new List<string>();
            await using (var reader = await command.ExecuteReaderAsync(Cancel))
                while (await reader.ReadAsync(Cancel)) plan.Add(reader.GetString(0));
            var whole = string.Join('\n', plan);
            if (Regex.IsMatch(whole, @"(?m)Seq Scan|^[ >-]*Sort  \(")) Assert.Fail(whole);
        }
    }
}
