using System.Net;
using System.Text;
using Facts.Api.Tests.Imports;

namespace Facts.Api.Tests.Projections;

/// <summary>An import of many batches, and other writers at that time.</summary>
public sealed class LongImportTests(FactsService service) : IClassFixture<FactsService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    const int Rows = 2_000, RowsOfAnArticle = 50;

    /// <summary>
    /// A long import writes claims long before it locks their partitions. A writer that holds those locks in the meantime gives way to it. Where the import
    /// takes longer than a writer may wait, the writer stores nothing and answers 503 <c>busy</c>.
    /// </summary>
    [Fact]
    public async Task A_long_import_and_writers_that_change_its_claims_never_deadlock()
    {
        await Case.AddItemsAsync(service.Admin);
        await service.Admin.EndedAsync((await service.Admin.LoadAsync(Table(0, Enumerable.Range(1, Rows)))).Body);

        var (status, report) = await service.Admin.LoadAsync(Table(1, Enumerable.Range(1, Rows)));
        Assert.Equal(202, status);
        var load = service.Admin.EndedAsync(report);
        await Task.WhenAll(
            MeanwhileAsync(random => WrittenAsync(Table(2, [1 + random.Next(Rows)]))),
            MeanwhileAsync(random => WrittenAsync(Table(3, Enumerable.Range(0, 20).Select(_ => 1 + random.Next(2 * Rows)).Distinct()))),
            MeanwhileAsync(random => WrittenAsync(Table(4, Enumerable.Range(1 + RowsOfAnArticle * random.Next(Rows / RowsOfAnArticle), RowsOfAnArticle)),
                "missing=withdraw")),
            MeanwhileAsync(random => ChangedAsync(HttpMethod.Delete, random)),
            MeanwhileAsync(random => ChangedAsync(HttpMethod.Patch, random)));

        var ended = await load;
        Assert.Equal($"done {Rows}", $"{ended.Word("state")} {ended.Number("rows_updated") + ended.Number("rows_created")}");
        Assert.Equal(0L, await service.DeadlocksAsync());
        Assert.Equal(1L, await service.ScalarAsync($"select attempts::bigint from imports where id = {report.Number("id")}"));
        Assert.Empty(await service.DifferencesAsync());

        // Every writer gets through once at least, if need be after the import.
        async Task MeanwhileAsync(Func<Random, Task<bool>> write)
        {
            var random = new Random(1);
            var hasWritten = false;
            while (!load.IsCompleted || !hasWritten) hasWritten |= await write(random);
        }

        async Task<bool> WrittenAsync(string table, string query = "")
        {
            var (answered, body) = await service.Admin.LoadAsync(table, query);
            var isBusy = answered == 503 && body.Word("code") == "busy";
            Assert.True(answered == 200 || isBusy, body.ToString());
            return !isBusy;
        }

        async Task<bool> ChangedAsync(HttpMethod method, Random random)
        {
            using var request = new HttpRequestMessage(method, $"/v1/claims/{1 + random.Next(Rows)}");
            if (method == HttpMethod.Patch) request.Content = new StringContent("""{"rank":"preferred"}""", Encoding.UTF8, "application/json");
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            using var answer = await service.Admin.SendAsync(request, Cancel);
            var isBusy = answer.StatusCode == HttpStatusCode.ServiceUnavailable && (await Case.ReadAsync(answer)).Word("code") == "busy";
            // Another may have taken its place before, or meanwhile.
            Assert.True(isBusy || answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed,
                await answer.Content.ReadAsStringAsync(Cancel));
            return !isBusy;
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
