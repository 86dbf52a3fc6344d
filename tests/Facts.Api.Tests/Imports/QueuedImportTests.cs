using System.Net;
using System.Text.Json;

namespace Facts.Api.Tests.Imports;

/// <summary>Large imports: queued, followed, cancelled; and their final states.</summary>
public sealed class QueuedImportTests(QueuedImportTests.Service service) : IClassFixture<QueuedImportTests.Service>
{
    public sealed class Service(Databases databases) : FactsService(databases)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Case.AddItemsAsync(Admin);
        }
    }

    const string Header = "external_id,article_url,article_published_on,kind,donors,recipient,items,quantity,unit,commitment";

    HttpClient Api => service.Admin;

    static string Rows(string article, int count, Func<int, string>? change = null) => Header + "\n" + string.Concat(Enumerable.Range(1, count).Select(i =>
        change?.Invoke(i) ?? Row(article, i)));

    static string Row(string article, int i) => $"{i},https://example.org/{article},2024-12-04,pledge,DEU,UKR,iris-t,{i},vehicle,{article}:{i}\n";

    [Fact]
    public async Task More_than_a_thousand_rows_are_queued_and_stored_completely()
    {
        var (status, report) = await Api.LoadAsync(Rows("large", 1_001));
        Assert.Equal((202, "queued"), (status, report.Word("state")));
        var ended = await Api.EndedAsync(report);
        Assert.Equal(("done", 100), (ended.Word("state"), ended.Number("percent")));
        Assert.Equal("1001 read, 1001 created, 0 updated, 0 unchanged, 0 failed", ended.Counts());
        Assert.Equal(JsonValueKind.Null, ended.GetProperty("errors_url").ValueKind);

        (_, report) = await Api.LoadAsync(Rows("large", 1_001));
        Assert.Equal("1001 read, 0 created, 0 updated, 1001 unchanged, 0 failed", (await Api.EndedAsync(report)).Counts());
    }

    [Fact]
    public async Task A_thousand_rows_are_imported_in_the_request_unless_async_is_set()
    {
        var (status, report) = await Api.LoadAsync(Rows("thousand", 1_000), "dry_run=true");
        Assert.Equal((200, "checked"), (status, report.Word("state")));
        (status, report) = await Api.LoadAsync(Rows("few", 2), "async=true&dry_run=true");
        Assert.Equal(202, status);
        Assert.Equal("checked", (await Api.EndedAsync(report)).Word("state"));
        Assert.Empty((await new Case(Api).GetAsync("/v1/claims?article_url=https%3A%2F%2Fexample.org%2Ffew")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task All_errors_are_returned_with_the_rows_to_correct()
    {
        var file = Rows("mended", 1_500, i => i switch
        {
            7 => Row("mended", i).Replace("DEU", "Germny"),
            700 => Row("mended", i).Replace(",700,", ",many,").Replace("iris-t", "iris-x"),
            1_400 => Row("mended", 1_400).Replace("pledge", "\"pledge\"").Replace(",vehicle,", ",\"stray\" quote,"),
            _ => null!,
        });
        var (_, report) = await Api.LoadAsync(file);
        var ended = await Api.EndedAsync(report);
        Assert.Equal("refused", ended.Word("state"));
        Assert.Equal("1500 read, 0 created, 0 updated, 0 unchanged, 3 failed", ended.Counts());
        Assert.Equal("8 donors unknown_party Germany, 701 items unknown_item iris-t, 701 quantity invalid_number, 1401  malformed_row", string.Join(", ",
            ended.GetProperty("errors").EnumerateArray()
                .Select(e => $"{e.GetProperty("row")} {e.GetProperty("column")} {e.GetProperty("code")} {e.GetProperty("suggestion")}".TrimEnd())
                .Order(StringComparer.Ordinal)
                .OrderBy(e => int.Parse(e.Split(' ')[0]))));

        var pages = await new Case(Api).GetAsync(ended.Word("errors_url") + "?limit=2&facet=code");
        Assert.Equal(2, pages.GetProperty("items").GetArrayLength());
        Assert.NotEqual(JsonValueKind.Null, pages.GetProperty("next").ValueKind);

        var mended = await Api.GetStringAsync(ended.Word("errors_url") + "?format=csv", ImportCaller.Cancel);
        var lines = mended.TrimEnd().Split("\r\n");
        Assert.Equal(Header + ",error", lines[0]);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("7,https://example.org/mended,2024-12-04,pledge,Germny,UKR,iris-t,7,vehicle,mended:7,\"donors: no party", lines[1]);
        // A row that is not CSV is quoted in its error.
        Assert.StartsWith(new string(',', 10) + "\"text follows the closing quote", lines[3]);
        Assert.EndsWith("; it was sent as: 1400,https://example.org/mended,2024-12-04,\"\"pledge\"\",DEU,UKR,iris-t,1400,\"\"stray\"\" quote,mended:1400\"",
            lines[3]);
        mended = string.Join("\r\n", [.. lines[..3], Row("mended", 1_400).TrimEnd() + ","]).Replace("Germny,", "DEU,").Replace(",many,", ",700,")
            .Replace("iris-x,", "iris-t,");
        (var status, report) = await Api.LoadAsync(mended);
        Assert.True(status == 200, report.ToString());
        Assert.Equal("3 read, 3 created, 0 updated, 0 unchanged, 0 failed", report.Counts());
    }

    [Fact]
    public async Task Failed_rows_of_json_are_returned_as_csv_too()
    {
        const string row = """{"article_url":"https://example.org/json","kind":"pledge","donors":["DEU","Denmrk"],"recipient":"UKR","items":["iris-t"],"quantity":1.5,"stated_on":"2024","note":"a, \"b\""}""";
        var (status, report) = await Api.LoadAsync(row, type: "application/x-ndjson");
        Assert.Equal(422, status);
        var mended = await Api.GetStringAsync(report.Word("errors_url") + "?format=csv", ImportCaller.Cancel);
        (status, report) = await Api.LoadAsync(mended.Replace("DEU;Denmrk", "DEU;Denmark"));
        Assert.True(status == 200, report.ToString());
        var claim = Assert.Single((await new Case(Api).GetAsync("/v1/claims?article_url=https%3A%2F%2Fexample.org%2Fjson")).GetProperty("items")
            .EnumerateArray());
        Assert.Equal("a, \"b\" 1.5", $"{claim.GetProperty("note")} {claim.GetProperty("quantity_low")}");
        // The file has an `error` column already, which the new one replaces.
        (status, report) = await Api.LoadAsync(mended.Replace("Denmrk", "Sweeden"));
        Assert.Equal(422, status);
        mended = await Api.GetStringAsync(report.Word("errors_url") + "?format=csv", ImportCaller.Cancel);
        Assert.Equal(1, mended.Split("\r\n")[0].Split(',').Count(c => c == "error"));
        Assert.Equal(200, (await Api.LoadAsync(mended.Replace("Sweeden", "Sweden"))).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&on_error=skip")]
    public async Task A_conflict_with_a_stored_claim_is_reported_with_all_other_errors_wherever_it_is(string more)
    {
        var article = "inserted" + more.Length;
        Assert.Equal(200, (await Api.LoadAsync(Header + "\n" + string.Concat(new[] { 10, 11, 2_500, 4_100 }.Select(i => Row(article, i))))).Status);
        var file = Rows(article, 4_500, i => i switch
        {
            3 => Row(article, i).Replace("DEU", "Germny"),
            10 or 2_500 or 4_100 => Row(article, i).Replace($",{i},vehicle", ",1,vehicle"),
            _ => null!,
        });
        var (_, report) = await Api.LoadAsync(file, "mode=insert" + more);
        var ended = await Api.EndedAsync(report);
        Assert.Equal("4 donors unknown_party, 11 external_id conflict, 2501 external_id conflict, 4101 external_id conflict",
            string.Join(", ", ended.GetProperty("errors").EnumerateArray()
                .Select(e => $"{e.GetProperty("row")} {e.GetProperty("column")} {e.GetProperty("code")}")));
        Assert.Equal(more == "" ? "4500 read, 0 created, 0 updated, 0 unchanged, 4 failed" : "4500 read, 4495 created, 0 updated, 1 unchanged, 4 failed",
            ended.Counts());
    }

    [Fact]
    public async Task Events_follow_an_import_to_its_end()
    {
        var (_, report) = await Api.LoadAsync(Rows("events", 1_200), "dry_run=true");
        var events = await Api.GetStringAsync($"/v1/imports/{report.Number("id")}/events", ImportCaller.Cancel);
        // A heartbeat stands between them where the import takes more than 15 seconds.
        var names = events.Split('\n').Where(l => l.StartsWith("event: ", StringComparison.Ordinal)).Select(l => l[7..]).Where(n => n != "heartbeat").ToList();
        Assert.Equal("checked", names[^1]);
        Assert.All(names[..^1], name => Assert.Equal("progress", name));
        Assert.Contains("\"rows_created\":1200", events.Split("event: checked")[1]);
    }

    [Fact]
    public async Task A_queued_import_can_be_cancelled_and_an_ended_one_cannot()
    {
        var (_, first) = await Api.LoadAsync(Rows("first", 5_000), "dry_run=true");
        var (_, second) = await Api.LoadAsync(Rows("second", 1_001));
        var answer = await Api.DeleteAsync($"/v1/imports/{second.Number("id")}", ImportCaller.Cancel);
        Assert.Contains((int)answer.StatusCode, new[] { 200, 202 });
        Assert.Equal("cancelled", (await Api.EndedAsync(second)).Word("state"));
        Assert.Empty((await new Case(Api).GetAsync("/v1/claims?article_url=https%3A%2F%2Fexample.org%2Fsecond")).GetProperty("items").EnumerateArray());
        Assert.Equal("checked", (await Api.EndedAsync(first)).Word("state"));
        Assert.Equal(HttpStatusCode.Conflict, (await Api.DeleteAsync($"/v1/imports/{first.Number("id")}", ImportCaller.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.Anonymous.DeleteAsync($"/v1/imports/{first.Number("id")}", ImportCaller.Cancel)).StatusCode);
    }

    [Theory]
    [InlineData(2, "done", "1 read, 1 created, 0 updated, 0 unchanged, 0 failed")]
    [InlineData(3, "failed", "0 read, 0 created, 0 updated, 0 unchanged, 0 failed")]
    public async Task An_import_that_ends_with_a_fault_is_begun_three_times(int faults, string state, string counts)
    {
        // An error that the service should never see. A sequence counts also what is rolled back.
        await service.ScalarAsync($"""
            create sequence faults_{faults};
            create function fail_{faults}() returns trigger language plpgsql as $$
                begin
                    if nextval('faults_{faults}') <= {faults} then raise division_by_zero; end if;
                    return new;
                end
            $$;
            create trigger fail_{faults} before insert on claims for each row when (new.delivery = 'faults-{faults}') execute function fail_{faults}();
            select 1::bigint
            """);
        var row = $"1,https://example.org/faults-{faults},2024-12-04,delivery,DEU,UKR,iris-t,1,vehicle,,faults-{faults}\n";
        var (_, report) = await Api.LoadAsync(Header + ",delivery\n" + row, "async=true");
        var ended = await Api.EndedAsync(report);
        Assert.Equal((state, counts), (ended.Word("state"), ended.Counts()));
    }

    [Fact]
    public async Task Imports_are_listed_newest_first()
    {
        var (_, one) = await Api.LoadAsync(Rows("listed", 1), "dry_run=true");
        var (_, two) = await Api.LoadAsync(Rows("listed", 1).Replace("DEU", "Germny"));
        var list = await new Case(Api).GetAsync($"/v1/imports?id__gte={one.Number("id")}&state=checked,refused");
        var states = list.GetProperty("items").EnumerateArray().ToDictionary(i => i.Number("id"), i => i.Word("state"));
        Assert.Equal("checked", states[one.Number("id")]);
        Assert.Equal("refused", states[two.Number("id")]);
        Assert.Equal(HttpStatusCode.NotFound, (await Api.GetAsync("/v1/imports/999999/errors", ImportCaller.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Api.GetAsync("/v1/imports/x/events", ImportCaller.Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_to_its_end_is_refused_as_a_whole()
    {
        var (_, report) = await Api.LoadAsync(Rows("unclosed", 1_100) + "x,\"" + string.Concat(Enumerable.Repeat(Row("unclosed", 1), 20_000)), "on_error=skip");
        var ended = await Api.EndedAsync(report);
        Assert.Equal("refused", ended.Word("state"));
        Assert.Equal((1_102, "body_too_large"), (ended.GetProperty("errors")[0].Number("row"), ended.GetProperty("errors")[0].Word("code")));
        Assert.Empty((await new Case(Api).GetAsync("/v1/claims?article_url=https%3A%2F%2Fexample.org%2Funclosed")).GetProperty("items").EnumerateArray());
    }
}
