using System.Net;
using System.Text;
using Facts.Api.Tests.Imports;

namespace Facts.Api.Tests.Projections;

/// <summary>An import of many batches, and other writers at that time.</summary>
public sealed class LongImportTests(FactsService service) : IClassFixture<FactsService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    const int Rows = 6_000, RowsOfAnArticle = 50;

    /// <summary>A long import writes claims long before it locks their partitions. A writer that holds those locks in the meantime gives way to it.</summary>
    [Fact]
    public async Task A_long_import_and_writers_that_change_its_claims_never_deadlock()
    {
        await Case.AddItemsAsync(service.Admin);
        await service.Admin.EndedAsync((await service.Admin.LoadAsync(Table(0, Enumerable.Range(1, Rows)))).Body);

        var (status, report) = await service.Admin.LoadAsync(Table(1, Enumerable.Range(1, Rows)));
        Assert.Equal(202, status);
        var load = service.Admin.EndedAsync(report);
        var written = await Task.WhenAll(
            MeanwhileAsync(random => WrittenAsync(Table(2, [1 + random.Next(Rows)]))),
            MeanwhileAsync(random => WrittenAsync(Table(3, Enumerable.Range(0, 20).Select(_ => 1 + random.Next(2 * Rows)).Distinct()))),
            MeanwhileAsync(random => WrittenAsync(Table(4, Enumerable.Range(1 + RowsOfAnArticle * random.Next(Rows / RowsOfAnArticle), RowsOfAnArticle)),
                "missing=withdraw")),
            MeanwhileAsync(random => ChangedAsync(HttpMethod.Delete, random)),
            MeanwhileAsync(random => ChangedAsync(HttpMethod.Patch, random)));

        var ended = await load;
        Assert.Equal($"done {Rows}", $"{ended.Word("state")} {ended.Number("rows_updated") + ended.Number("rows_created")}");
        Assert.All(written, times => Assert.NotEqual(0, times));
        Assert.Equal(0L, await service.DeadlocksAsync());
        Assert.Equal(1L, await service.ScalarAsync($"select attempts::bigint from imports where id = {report.Number("id")}"));
        Assert.Empty(await service.DifferencesAsync());

        async Task<int> MeanwhileAsync(Func<Random, Task> write)
        {
            var random = new Random(1);
            for (var times = 0; ; times++)
            {
                if (load.IsCompleted) return times;
                await write(random);
            }
        }

        async Task WrittenAsync(string table, string query = "")
        {
            var (answered, body) = await service.Admin.LoadAsync(table, query);
            Assert.True(answered == 200, body.ToString());
        }

        async Task ChangedAsync(HttpMethod method, Random random)
        {
            using var request = new HttpRequestMessage(method, $"/v1/claims/{1 + random.Next(Rows)}");
            if (method == HttpMethod.Patch) request.Content = new StringContent("""{"rank":"preferred"}""", Encoding.UTF8, "application/json");
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            using var answer = await service.Admin.SendAsync(request, Cancel);
            // Another may have taken its place before, or meanwhile.
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed,
                await answer.Content.ReadAsStringAsync(Cancel));
        }
    }

    /// <summary>
    /// Rows of one list in many articles, each with another number in each edition. The rows have many recipients: similar claims about one recipient
    /// take long to compare, and
    /// a writer that waits for an import has a time limit.
    /// </summary>
    static string Table(int edition, IEnumerable<int> rows) => ImportCaller.Header + "\n"
        + string.Concat(rows.Select(row =>
            $"{row},https://example.org/turns/{row / RowsOfAnArticle},2024-12-04,pledge,DEU,{ImportCaller.Recipients[row % 40]},shell,{row * 10 + edition},round\n"));
}
