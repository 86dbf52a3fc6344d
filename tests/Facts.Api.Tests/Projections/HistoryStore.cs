using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Facts.Api.Tests.Imports;
using Facts.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Facts.Api.Tests.Projections;

/// <summary>A store for histories, on a day in their midst.</summary>
public sealed class HistoryStore(Databases databases) : FactsService(databases)
{
    static readonly int Tried = int.TryParse(Environment.GetEnvironmentVariable("FACTS_STORE_HISTORIES"), out var n) ? n : 60;

    /// <summary>A day in the midst of the histories; the first that the store is asked on, until its clock is moved.</summary>
    static readonly DateOnly First = new(2024, 3, 2);

    public DateOnly Today => DateOnly.FromDateTime(Clock!.GetUtcNow().UtcDateTime);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Clock = new FakeTimeProvider(new DateTimeOffset(First, new TimeOnly(12, 0), TimeSpan.Zero));
        await Case.AddItemsAsync(Admin, World.Tree.Select(i => (i.Code, i.Parent, (string?)null)));
    }

    /// <summary>Holds a property of many histories at a time against as many as <c>FACTS_STORE_HISTORIES</c> says.</summary>
    internal static Task ForAllAsync<T>(Gen<T> several, int together, Func<T, Task> holds, Func<T, IEnumerable<World>> of) =>
        several.SampleAsync(holds, iter: Math.Max(1, Tried / together), threads: 1, print: t => string.Join("\n\n", of(t).Select(Histories.Describe)));

    /// <summary>Lets less than three days pass.</summary>
    public void Wait(Random random) => Clock!.Advance(TimeSpan.FromHours(random.Next(60)));

    /// <summary>Loads claims, at once or, where there are many, as the worker comes to them.</summary>
    /// <returns>The report; null where there was nothing to load.</returns>
    public async Task<JsonElement?> LoadAsync(IReadOnlyCollection<JsonObject> claims, string more = "")
    {
        if (claims.Count == 0) return null;
        var report = await PostAsync("/v1/imports?create_missing=true" + more, Lines(claims));
        return await Admin.EndedAsync(report);
    }

    public async Task DecideAsync(IReadOnlyCollection<JsonObject> decisions)
    {
        if (decisions.Count > 0) await PostAsync("/v1/review/decisions/load", Lines(decisions));
    }

    public async Task<JsonElement> PostAsync(string path, string text, string type = "application/x-ndjson")
    {
        using var body = new StringContent(text, Encoding.UTF8, type);
        using var answer = await Admin.PostAsync(path, body, Cancel);
        var report = await Case.ReadAsync(answer);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted, report.ToString());
        return report;
    }

    /// <summary>Sends an edit as an editor could. A refused edit is no change.</summary>
    public async Task<JsonElement> TryAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await Admin.SendAsync(request, Cancel);
        var body = await Case.ReadAsync(answer);
        Assert.True((int)answer.StatusCode < 500, body.ToString());
        return body;
    }

    /// <summary>All items of a list, page by page.</summary>
    public async Task<List<JsonElement>> ItemsAsync(string path)
    {
        var items = new List<JsonElement>();
        for (var next = path; next is not null;)
        {
            var page = await new Case(Anonymous).GetAsync(next);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }
        return items;
    }

    public async Task VerifyAsync()
    {
        var differences = await DifferencesAsync();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    static string Lines(IEnumerable<JsonObject> claims) => string.Join('\n', claims.Select(c => c.ToJsonString()));
}
