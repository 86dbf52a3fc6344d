using System.Net;
using System.Text.Json;
using Facts.Api.Tests.Catalogue;
using Facts.Api.Tests.Imports;

namespace Facts.Api.Tests.Merges;

/// <summary>Parties and items that were two and are one, and the undo of their merge. The claims of each test have a recipient of their own.</summary>
public sealed class MergeTests(CaseService service) : IClassFixture<CaseService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    const string Because = "\"decided_by\":\"an editor\",\"reason\":\"two spellings\"";

    readonly Editor _editor = new(service.Admin);

    [Fact]
    public async Task Claims_of_a_merged_party_count_as_those_of_the_other_and_the_undo_restores_all()
    {
        var report = await LoadAsync(Pledge("1", "Untied States", "Merge Land", 5, key: "one"), Pledge("2", "USA", "Merge Land", 2, key: "two"),
            Delivery("3", "Untied States", "Merge Land", 1, key: "one"), Pledge("4", "Untied States;DEU", "Merge Land", 7, key: "joint"));
        Assert.Equal("untied-states", report.GetProperty("created").GetProperty("parties")[0].Word("code"));
        var before = await BalancesAsync("recipient=Merge%20Land");
        var claims = await ClaimsAsync("recipient=Merge%20Land");
        const string Apart = "DEU+untied-states:7 USA:2 untied-states:5";
        Assert.Equal(Apart, before);
        Assert.Empty(await service.DifferencesAsync());

        // A dry run tells what would change, and changes nothing.
        var dry = await MergeAsync("/v1/parties/untied-states/merge?dry_run=true", "USA", 200);
        Assert.Equal("3 USA", $"{dry.Number("claims")} {dry.Word("into")}");
        Assert.True(dry.GetProperty("effect").Number("balances_moved") > 0, dry.ToString());
        Assert.Equal(before, await BalancesAsync("recipient=Merge%20Land"));
        Assert.StartsWith("404", await _editor.AsksAsync("GET", "/v1/parties/untied-states/merge", ifMatch: null));

        var merged = await MergeAsync("/v1/parties/Untied%20States/merge", "U.S.", 201);
        Assert.Equal(dry.GetProperty("effect").ToString(), merged.GetProperty("effect").ToString());
        Assert.Equal("DEU+USA:7 USA:7", await BalancesAsync("recipient=Merge%20Land"));
        Assert.Equal("DEU+USA:7 USA:7", await BalancesAsync("recipient=Merge%20Land&donor=untied-states"));
        Assert.StartsWith("party parties untied-states merged, parties USA changed ", await _editor.LastChangeAsync());
        Assert.DoesNotContain("untied-states", await service.Anonymous.GetStringAsync("/v1/claims?format=csv&recipient=Merge%20Land", Cancel));
        Assert.Empty(await service.DifferencesAsync());
        await RedirectsAsync("/v1/parties/untied-states", "/v1/parties/USA");
        Assert.Contains("Untied States", (await _editor.ReadsAsync("/v1/parties/USA")).GetProperty("aliases").ToString());

        // The old name leads to the party that stayed: the same file again changes nothing.
        Assert.Equal("4 read, 0 created, 0 updated, 4 unchanged, 0 failed", (await LoadAsync(
            Pledge("1", "Untied States", "Merge Land", 5, key: "one"), Pledge("2", "USA", "Merge Land", 2, key: "two"),
            Delivery("3", "Untied States", "Merge Land", 1, key: "one"), Pledge("4", "Untied States;DEU", "Merge Land", 7, key: "joint"))).Counts());
        Assert.StartsWith("409 conflict untied-states was merged into USA already",
            await _editor.AsksAsync("POST", "/v1/parties/untied-states/merge", $$"""{"into":"DEU",{{Because}}}""", null));

        Assert.StartsWith("428", await _editor.AsksAsync("DELETE", "/v1/parties/untied-states/merge", ifMatch: null));
        Assert.StartsWith("200", await _editor.AsksAsync("DELETE", "/v1/parties/untied-states/merge"));
        Assert.Equal(before, await BalancesAsync("recipient=Merge%20Land"));
        Assert.Equal(claims, await ClaimsAsync("recipient=Merge%20Land"));
        Assert.StartsWith("party parties untied-states restored, parties USA changed ", await _editor.LastChangeAsync());
        Assert.Equal("untied-states", (await _editor.ReadsAsync("/v1/parties/Untied%20States")).Word("code"));
        Assert.DoesNotContain("Untied", (await _editor.ReadsAsync("/v1/parties/USA")).GetProperty("aliases").ToString());
        Assert.Empty(await service.DifferencesAsync());
    }

    [Fact]
    public async Task Rows_that_are_named_by_their_content_are_found_again_after_a_merge_and_after_its_undo()
    {
        string[] file = [Pledge(null, "Brittania", "Content Land", 5), Pledge(null, "GBR", "Content Land", 5), Pledge(null, "Brittania", "Content Land", 5)];
        foreach (var resolve in new[] { "auto", "keyed" })
        {
            await LoadAsync($"&resolve={resolve}", file);
            var before = (await BalancesAsync("recipient=Content%20Land"), await ClaimsAsync("recipient=Content%20Land"));
            await MergeAsync("/v1/parties/brittania/merge", "GBR", 201);
            Assert.Equal("3 read, 0 created, 0 updated, 3 unchanged, 0 failed", (await LoadAsync($"&resolve={resolve}", file)).Counts());
            Assert.Empty(await service.DifferencesAsync());
            await _editor.DoesAsync("DELETE", "/v1/parties/brittania/merge", "");
            Assert.Equal(before, (await BalancesAsync("recipient=Content%20Land"), await ClaimsAsync("recipient=Content%20Land")));
            Assert.Equal("3 read, 0 created, 0 updated, 3 unchanged, 0 failed", (await LoadAsync($"&resolve={resolve}", file)).Counts());
            Assert.Empty(await service.DifferencesAsync());
        }
    }

    /// <summary>A file that comes again leaves an editor's correction alone, and takes a merged claim for no correction.</summary>
    [Fact]
    public async Task A_merge_is_no_correction_of_a_claim_and_loses_none()
    {
        string[] file = [Pledge("1", "Frannce", "Edited Land", 5), Pledge("2", "Frannce", "Edited Land", 7)];
        await LoadAsync(file);
        using var corrected = await service.Admin.PostAsync("/v1/claims", Case.Json(Pledge("2", "Frannce", "Edited Land", 8), "application/json"), Cancel);
        Assert.True(corrected.IsSuccessStatusCode);
        await MergeAsync("/v1/parties/frannce/merge", "FRA", 201);
        Assert.Equal(2, (await LoadAsync(file)).Number("rows_unchanged"));
        Assert.Equal("FRA:13", await BalancesAsync("recipient=Edited%20Land"));
        await _editor.DoesAsync("DELETE", "/v1/parties/frannce/merge", "");
        Assert.Equal(2, (await LoadAsync(file)).Number("rows_unchanged"));
        Assert.Equal("frannce:13", await BalancesAsync("recipient=Edited%20Land"));
        Assert.Empty(await service.DifferencesAsync());
    }

    [Fact]
    public async Task Recipients_with_requests_are_merged_too()
    {
        await LoadAsync(
            """{"external_id":"r","article_external_id":"requests","kind":"request","recipient":"Old Asker","items":["patriot"],"quantity":10,"stated_on":"2020-01-01"}""",
            Pledge("p", "DEU", "New Asker", 4), Pledge("q", "FRA", "Old Asker", 1));
        await MergeAsync("/v1/parties/old-asker/merge", "New Asker", 201);
        var row = (await _editor.ReadsAsync("/v1/balances?recipient=old-asker")).GetProperty("items")[0];
        Assert.Equal("10 5 5", $"{row.GetProperty("requested_low")} {row.GetProperty("committed_low")} {row.GetProperty("unmet_need_low")}");
        Assert.Empty(await service.DifferencesAsync());
        await _editor.DoesAsync("DELETE", "/v1/parties/old-asker/merge", "");
        row = (await _editor.ReadsAsync("/v1/balances?recipient=old-asker")).GetProperty("items")[0];
        Assert.Equal("10 1 9", $"{row.GetProperty("requested_low")} {row.GetProperty("committed_low")} {row.GetProperty("unmet_need_low")}");
        Assert.Empty(await service.DifferencesAsync());
    }

    [Fact]
    public async Task Items_are_merged_and_the_tree_decides_afterwards()
    {
        await LoadAsync(Pledge("1", "DEU", "Item Land", 5, item: "air-defence"), Delivery("2", "DEU", "Item Land", 2, item: "Patriott"));
        Assert.Equal("[5, 5] outstanding", await OutstandingAsync());
        await MergeAsync("/v1/items/patriott/merge", "patriot", 201);
        Assert.Equal("[3, 3] outstanding", await OutstandingAsync());
        await RedirectsAsync("/v1/items/patriott", "/v1/items/patriot");
        Assert.Empty(await service.DifferencesAsync());
        await _editor.DoesAsync("DELETE", "/v1/items/patriott/merge", "");
        Assert.Equal("[5, 5] outstanding", await OutstandingAsync());
        Assert.Empty(await service.DifferencesAsync());
        Assert.StartsWith("409 in_use air-defence stays: there are items below it", await _editor.AsksAsync(
            "POST", "/v1/items/air-defence/merge", $$"""{"into":"shell",{{Because}}}""", null));

        async Task<string> OutstandingAsync()
        {
            var row = (await _editor.ReadsAsync("/v1/balances?recipient=Item%20Land")).GetProperty("items")[0];
            return $"[{row.GetProperty("outstanding_low")}, {row.GetProperty("outstanding_high")}] outstanding";
        }
    }

    [Fact]
    public async Task A_merge_that_cannot_be_is_refused_and_an_undo_waits_for_later_merges()
    {
        await LoadAsync(Pledge("1", "First Spelling", "Chain Land", 5), Pledge("2", "Second Spelling", "Chain Land", 5));
        Assert.StartsWith("422 unknown_party /into", await _editor.AsksAsync("POST", "/v1/parties/first-spelling/merge", $$"""{"into":"Nobody",{{Because}}}""", null));
        Assert.StartsWith("422 circular /into", await _editor.AsksAsync("POST", "/v1/parties/first-spelling/merge", $$"""{"into":"First Spelling",{{Because}}}""", null));
        Assert.StartsWith("422 required", await _editor.AsksAsync("POST", "/v1/parties/first-spelling/merge", """{"into":"DEU"}""", null));
        Assert.StartsWith("404", await _editor.AsksAsync("POST", "/v1/parties/nowhere/merge", $$"""{"into":"DEU",{{Because}}}""", null));

        await MergeAsync("/v1/parties/first-spelling/merge", "Second Spelling", 201);
        await MergeAsync("/v1/parties/second-spelling/merge", "DEU", 201);
        Assert.Equal("DEU:10", await BalancesAsync("recipient=Chain%20Land"));
        Assert.Equal("409 conflict second-spelling was merged into DEU later: undo that first", await _editor.AsksAsync("DELETE", "/v1/parties/first-spelling/merge"));
        Assert.StartsWith("409 in_use DEU stays", await _editor.AsksAsync("DELETE", "/v1/parties/DEU"));
        await _editor.DoesAsync("DELETE", "/v1/parties/second-spelling/merge", "");
        await _editor.DoesAsync("DELETE", "/v1/parties/first-spelling/merge", "");
        Assert.Equal("first-spelling:5 second-spelling:5", await BalancesAsync("recipient=Chain%20Land"));
        Assert.Empty(await service.DifferencesAsync());
    }

    async Task<JsonElement> LoadAsync(params string[] lines) => await LoadAsync("", lines);

    async Task<JsonElement> LoadAsync(string query, string[] lines)
    {
        var (status, report) = await service.Admin.LoadAsync(string.Join('\n', lines), "create_missing=true" + query, "application/x-ndjson");
        Assert.True(status == 200, report.ToString());
        return report;
    }

    async Task<JsonElement> MergeAsync(string path, string into, int status)
    {
        using var answer = await service.Admin.PostAsync(path, Case.Json($$"""{"into":"{{into}}",{{Because}}}""", "application/json"), Cancel);
        var merge = await Case.ReadAsync(answer);
        Assert.True((int)answer.StatusCode == status, merge.ToString());
        return merge;
    }

    async Task RedirectsAsync(string from, string to)
    {
        using var caller = service.CreateClient(new() { AllowAutoRedirect = false });
        using var answer = await caller.GetAsync(from, Cancel);
        Assert.Equal((HttpStatusCode.PermanentRedirect, to), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    async Task<string> BalancesAsync(string query)
    {
        var rows = (await _editor.ReadsAsync($"/v1/balances?group_by=donor&{query}")).GetProperty("items").EnumerateArray();
        return string.Join(' ', rows.Select(r => $"{r.GetProperty("donor")}:{r.GetProperty("committed_low")}").Order(StringComparer.Ordinal));
    }

    async Task<string> ClaimsAsync(string query) => (await _editor.ReadsAsync($"/v1/claims?{query}")).GetProperty("items").ToString();

    static string Pledge(string? id, string donors, string recipient, int quantity, string item = "patriot", string? key = null) =>
        Line(id, "pledge", donors, recipient, quantity, item, key, "stated_on");

    static string Delivery(string id, string donors, string recipient, int quantity, string item = "patriot", string? key = null) =>
        Line(id, "delivery", donors, recipient, quantity, item, key, "happened_on");

    static string Line(string? id, string kind, string donors, string recipient, int quantity, string item, string? key, string date)
    {
        var line = new Dictionary<string, object?>
        {
            ["article_external_id"] = "merge " + recipient, ["kind"] = kind, ["donors"] = donors.Split(';'), ["recipient"] = recipient,
            ["items"] = new[] { item }, ["quantity"] = quantity, ["unit"] = "system", [date] = kind == "pledge" ? "2020-01-01" : "2020-02-01",
        };
        if (id is not null) line["external_id"] = id;
        if (key is not null) line["commitment"] = $"{recipient} {key}";
        return JsonSerializer.Serialize(line);
    }
}
