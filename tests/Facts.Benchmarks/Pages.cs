using System.Globalization;
using System.Text.Json;
using Facts.Api.Tests.Pages;

namespace Facts.Benchmarks;

/// <summary>The first view of pages in a browser that has nothing of them yet: of the sample, and of very many claims.</summary>
internal static class Pages
{
    const int Turns = 5;

    // The browser's own measures of a page. The table of the start page stands in the document, so it is there when the document is.
    const string Figures =
        """
        JSON.stringify((() => {
            const [page, ...rest] = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
            const paint = performance.getEntriesByName('first-contentful-paint')[0];
            return {
                Bytes: [page, ...rest].reduce((sum, r) => sum + r.transferSize, 0), Requests: 1 + rest.length, Answer: page.responseEnd,
                Table: page.domInteractive, Paint: paint ? paint.startTime : 0, Rows: document.querySelectorAll('tbody tr').length,
            };
        })())
        """;

    static readonly string[] OfSample = ["/", "/commitments", "/recipients/UKR", "/items/iris-t"];
    static readonly string[] OfMany = ["/", "/commitments", "/claims?q=minister", "/recipients/recipient-0001", "/donors/DEU"];

    public static async Task RunAsync(Store store, int claims)
    {
        if (!Browser.IsHere) throw new InvalidOperationException("this benchmark needs chromium on the path");
        Console.WriteLine($"  {"page",-34} {"kB",6} {"requests",9} {"answer ms",10} {"table ms",9} {"paint ms",9} {"again ms",9} {"rows",6}");
        await store.RestartAsync("--Facts:Sample=true");
        Console.WriteLine("  the sample");
        foreach (var page in OfSample) await MeasureAsync(store, page);
        await World.MakeCatalogueAsync(store, claims);
        await Loads.LoadAsync(store, World.Claims().Take(claims), "ndjson");
        await store.AllDaysAsync();
        await store.RunAsync("vacuum analyze");
        Console.WriteLine($"  {claims:N0} claims more");
        foreach (var page in OfMany) await MeasureAsync(store, page);
    }

    // Medians. Each first view follows a change of the store and has a browser of its own.
    static async Task MeasureAsync(Store store, string page)
    {
        var (first, again) = (new List<View>(), new List<double>());
        for (var turn = 0; turn < Turns; turn++)
        {
            await store.ChangeAsync();
            await using var browser = await Browser.StartAsync();
            first.Add(await ViewAsync(browser, new Uri(store.Http.BaseAddress!, page)));
            again.Add((await ViewAsync(browser, new Uri(store.Http.BaseAddress!, page))).Table);
        }
        var view = first.OrderBy(v => v.Table).ElementAt(Turns / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {page,-34} {view.Bytes / 1_000,6:0} {view.Requests,9} {view.Answer,10:0} {view.Table,9:0} {view.Paint,9:0} {Timing.Median(again),9:0} {view.Rows,6}"));
    }

    static async Task<View> ViewAsync(Browser browser, Uri page)
    {
        var tab = await browser.OpenAsync();
        await tab.GoAsync(page.ToString());
        // The paint follows the load.
        await Task.Delay(200);
        return JsonSerializer.Deserialize<View>(await tab.ReadAsync(Figures))!;
    }

    /// <param name="Bytes">Bytes sent for the page and all that it refers to, packed.</param>
    /// <param name="Requests">Number of requests.</param>
    /// <param name="Answer">Milliseconds until the document was there.</param>
    /// <param name="Table">Milliseconds until it was read, with its table.</param>
    /// <param name="Paint">Milliseconds until something was painted.</param>
    /// <param name="Rows">Rows of tables.</param>
    sealed record View(double Bytes, int Requests, double Answer, double Table, double Paint, int Rows);
}
