using Npgsql;

namespace Facts.Api.Tests.Catalogue;

/// <summary>Answers that depend on the place of an item in the tree, before and after it moves.</summary>
public sealed class MovedItemTests(CaseService service) : IClassFixture<CaseService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    readonly Editor _editor = new(service.Admin);

    [Fact]
    public async Task A_delivery_goes_to_the_pledge_of_the_class_that_its_item_is_moved_below()
    {
        await AddAsync("class", "model", "version");
        await _editor.DoesAsync("PATCH", "/v1/items/version", """{"parent":"model"}""");
        await LoadAsync(
            """{"external_id":"1","article_external_id":"a","kind":"pledge","donors":["DEU"],"recipient":"Taker","items":["class"],"quantity":5,"stated_on":"2022-01-01"}""",
            """{"external_id":"2","article_external_id":"a","kind":"delivery","donors":["DEU"],"recipient":"Taker","items":["version"],"quantity":2,"stated_on":"2022-02-01"}""");
        Assert.Equal("[5, 5] [0, 0] [0, 0] [5, 5]", await BalanceAsync("recipient=Taker&item=class"));
        Assert.Equal(0, await LinksAsync());
        var before = (await _editor.ReadsAsync("/v1/changes?sort=-sequence&limit=1")).GetProperty("items")[0];

        await _editor.DoesAsync("PATCH", "/v1/items/model", """{"parent":"class"}""");

        Assert.Equal("[5, 5] [2, 2] [2, 2] [3, 3]", await BalanceAsync("recipient=Taker&item=class"));
        Assert.Equal(1, await LinksAsync());
        Assert.StartsWith("item items model changed ", await _editor.LastChangeAsync());
        var moved = (await _editor.ReadsAsync($"/v1/changes?since={before.GetProperty("sequence")}")).GetProperty("items")[0];
        Assert.True(moved.GetProperty("balances_moved").GetInt32() > 0);
        Assert.True(moved.GetProperty("facts_changed").GetInt32() > 0);
        // The catalogue has no history: answers for an earlier known_at or another day use the tree of now.
        Assert.Equal("[5, 5] [2, 2] [2, 2] [3, 3]", await BalanceAsync($"recipient=Taker&item=class&known_at={before.GetProperty("recorded_at").GetString()}"));
        Assert.Equal("[5, 5] [2, 2] [2, 2] [3, 3]", await BalanceAsync("recipient=Taker&item=class&as_of=2022-03-01"));
        Assert.Empty(await service.DifferencesAsync());

        await _editor.DoesAsync("PATCH", "/v1/items/model", """{"parent":null}""");
        Assert.Equal("[5, 5] [0, 0] [0, 0] [5, 5]", await BalanceAsync("recipient=Taker&item=class"));
        Assert.Empty(await service.DifferencesAsync());

        async Task<int> LinksAsync() =>
            (await _editor.ReadsAsync("/v1/deliveries?recipient=Taker&embed=links")).GetProperty("items")[0].GetProperty("links").GetArrayLength();
    }

    /// <summary>The pledge does not change and has its own partition. Only its effect on the request changes.</summary>
    [Fact]
    public async Task Unmet_need_follows_the_item_tree_although_no_supply_changes()
    {
        await AddAsync("wanted", "given");
        await LoadAsync(
            """{"external_id":"1","article_external_id":"b","kind":"request","recipient":"Asker","items":["wanted"],"quantity":10,"stated_on":"2022-01-01"}""",
            """{"external_id":"2","article_external_id":"b","kind":"pledge","donors":["NLD"],"recipient":"Asker","items":["given"],"quantity":4,"stated_on":"2022-02-01"}""");
        Assert.Equal("[10, 10]", await UnmetAsync());
        await _editor.DoesAsync("PUT", "/v1/items/given", """{"name":"given","parent":"wanted","unit":"system"}""");
        Assert.Equal("[6, 6]", await UnmetAsync());
        Assert.Empty(await service.DifferencesAsync());

        async Task<string> UnmetAsync() =>
            new Row((await _editor.ReadsAsync("/v1/balances?recipient=Asker&item=wanted")).GetProperty("items")[0])["unmet_need"];
    }

    /// <summary>The import has read the catalogue and waits for a lock. Then an editor moves an item that only claims of the import name.</summary>
    [Fact]
    public async Task An_import_computes_with_the_item_tree_at_the_time_it_runs()
    {
        await AddAsync("broad", "narrow");
        await using var connection = new NpgsqlConnection(service.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var moving = await connection.BeginTransactionAsync(Cancel);
        await RunAsync("select pg_advisory_xact_lock(x'74726565'::bigint)");
        var loading = LoadAsync(
            """{"external_id":"1","article_external_id":"c","kind":"pledge","donors":["DEU"],"recipient":"Late","items":["broad"],"quantity":5,"stated_on":"2022-01-01"}""",
            """{"external_id":"2","article_external_id":"c","kind":"delivery","donors":["DEU"],"recipient":"Late","items":["narrow"],"quantity":2,"stated_on":"2022-02-01"}""");
        while (await service.ScalarAsync(
            "select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())") == 0)
        {
            Assert.False(loading.IsCompleted);
            await Task.Delay(20, Cancel);
        }
        await RunAsync("update items set parent = 'broad' where code = 'narrow'");
        await moving.CommitAsync(Cancel);
        await loading;
        Assert.Empty(await service.DifferencesAsync());
        Assert.Equal(1L, await service.ScalarAsync("select count(*) from links join deliveries on deliveries.id = links.delivery_id where recipient = 'late'"));

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, moving);
            await command.ExecuteNonQueryAsync(Cancel);
        }
    }

    [Fact]
    public async Task Concurrent_editors_and_imports_never_deadlock_and_leave_correct_projections()
    {
        await AddAsync("left", "right", "shared-1", "shared-2");
        await Task.WhenAll([.. Enumerable.Range(0, 4).Select(LoadsAsync), .. Enumerable.Range(1, 2).Select(MovesAsync)]);
        Assert.Equal(0L, await service.DeadlocksAsync());
        Assert.Empty(await service.DifferencesAsync());

        async Task MovesAsync(int item)
        {
            for (var i = 0; i < 12; i++)
                await _editor.DoesAsync("PATCH", $"/v1/items/shared-{item}",
                    $$"""{"parent":"{{(i % 2 == 0 ? "left" : "right")}}","aliases":["alias {{item}} {{i}}"]}""");
        }

        async Task LoadsAsync(int writer)
        {
            for (var load = 0; load < 15; load++)
            {
                var (article, taker) = ($"d{writer}-{load}", load % 3 == 0 ? "Common" : $"Own {writer}-{load}");
                await LoadAsync(
                    $$"""{"external_id":"1","article_external_id":"{{article}}","kind":"request","recipient":"{{taker}}","items":["left"],"quantity":9,"stated_on":"2022-01-01"}""",
                    $$"""{"external_id":"2","article_external_id":"{{article}}","kind":"pledge","donors":["DEU"],"recipient":"{{taker}}","items":["{{(load % 2 == 0 ? "left" : "right")}}"],"quantity":5,"stated_on":"2022-01-0{{1 + writer}}"}""",
                    $$"""{"external_id":"3","article_external_id":"{{article}}","kind":"delivery","donors":["DEU"],"recipient":"{{taker}}","items":["shared-{{1 + load % 2}}"],"quantity":2,"stated_on":"2022-02-0{{1 + writer}}"}""");
            }
        }
    }

    async Task AddAsync(params string[] codes)
    {
        foreach (var code in codes) await _editor.DoesAsync("PUT", $"/v1/items/{code}", $$"""{"name":"{{code}}","unit":"system"}""", null);
    }

    async Task LoadAsync(params string[] lines)
    {
        using var answer = await service.Admin.PostAsync("/v1/imports?create_missing=true",
            Case.Json(string.Join('\n', lines), "application/x-ndjson"), Cancel);
        Assert.True(answer.IsSuccessStatusCode, (await Case.ReadAsync(answer)).ToString());
    }

    async Task<string> BalanceAsync(string query)
    {
        var row = new Row((await _editor.ReadsAsync($"/v1/balances?{query}")).GetProperty("items").EnumerateArray().Single());
        return $"{row["committed"]} {row["delivered"]} {row["credited"]} {row["outstanding"]}";
    }
}
