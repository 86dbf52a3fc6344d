using System.Net;
using System.Text.Json;

namespace Facts.Api.Tests.Imports;

/// <summary>A list that is loaded again after editors changed some of its claims, or with other numbers. Today is 2023-01-01.</summary>
public sealed class EditedListTests(CaseService service) : IClassFixture<CaseService>
{
    const string Header = "external_id,article_external_id,article_published_on,kind,donors,recipient,items,quantity,unit,stated_on,commitment,note";

    static int _lists;

    // A list and a recipient for each test.
    readonly string _list = $"edited-list-{Interlocked.Increment(ref _lists)}";
    readonly string _recipient = ImportCaller.Recipients[_lists];

    HttpClient Api => service.Admin;

    string Row(string id, string quantity, string day = "2022-01-31", string more = ",", string kind = "pledge") =>
        $"{id},{_list},{day},{kind},DEU,{_recipient},tank,{quantity},vehicle,{(kind == "pledge" ? "2022-01-15" : "")},{more}\n";

    async Task<JsonElement> LoadAsync(string rows, string query = "")
    {
        var (status, report) = await Api.LoadAsync($"{Header}\n{rows}", query);
        Assert.True(status == 200, report.ToString());
        return report;
    }

    async Task<JsonElement> ClaimAsync(string id) => Assert.Single((await new Case(Api)
        .GetAsync($"/v1/claims?external_id={Uri.EscapeDataString(id)}&article_external_id={_list}")).GetProperty("items").EnumerateArray());

    /// <summary>Corrects a claim by hand, as an editor does.</summary>
    async Task CorrectAsync(string id, int quantity, string kind = "pledge")
    {
        var answer = await Api.PostAsync("/v1/claims", Case.Json(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["external_id"] = id, ["article_external_id"] = _list, ["kind"] = kind, ["donors"] = new[] { "DEU" }, ["recipient"] = _recipient,
            ["items"] = new[] { "tank" }, ["quantity"] = quantity, ["unit"] = "vehicle", ["stated_on"] = "2022-01-15",
        }), "application/json"), ImportCaller.Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    async Task ChangeAsync(HttpMethod method, string id, string? body = null)
    {
        var request = new HttpRequestMessage(method, $"/v1/claims/{(await ClaimAsync(id)).Number("id")}");
        request.Headers.Add("If-Match", "*");
        if (body is not null) request.Content = Case.Json(body, "application/merge-patch+json");
        Assert.Equal(HttpStatusCode.OK, (await Api.SendAsync(request, ImportCaller.Cancel)).StatusCode);
    }

    async Task<string> BalanceAsync(string day = "2022-12-31")
    {
        var list = await new Case(Api).GetAsync($"/v1/balances?recipient={_recipient}&as_of={day}");
        var row = new Row(Assert.Single(list.GetProperty("items").EnumerateArray()));
        return $"original {row["original"]} committed {row["committed"]}";
    }

    static string[] Warnings(JsonElement report) =>
        [.. report.GetProperty("warnings").EnumerateArray().Where(w => !w.Word("message").Contains("stays as it is"))
            .Select(w => $"{w.GetProperty("row")} {w.Word("message")}".Trim())];

    [Fact]
    public async Task A_row_that_says_what_it_said_before_undoes_no_word_of_an_editor()
    {
        var january = Row("corrected", "20") + Row("withdrawn", "5") + Row("ranked", "7") + Row("plain", "1");
        await LoadAsync(january);
        await CorrectAsync("corrected", 18);
        await ChangeAsync(HttpMethod.Delete, "withdrawn");
        await ChangeAsync(HttpMethod.Patch, "ranked", """{"rank":"preferred"}""");
        const string balance = "original [26, 26] committed [26, 26]";
        Assert.Equal(balance, await BalanceAsync());

        // The same file, and the next edition with the same rows and a new one.
        var report = await LoadAsync(january);
        Assert.Equal("4 read, 0 created, 0 updated, 4 unchanged, 0 failed", report.Counts());
        Assert.Empty(Warnings(report));
        report = await LoadAsync(january.Replace("2022-01-31", "2022-06-30") + Row("new", "100", "2022-06-30"), "missing=withdraw");
        Assert.Equal("5 read, 1 created, 0 updated, 4 unchanged, 0 failed", report.Counts());
        Assert.Equal(0, report.Number("rows_dropped"));
        Assert.Equal("original [126, 126] committed [126, 126]", await BalanceAsync());
        Assert.Equal("preferred", (await ClaimAsync("ranked")).Word("rank"));
    }

    [Fact]
    public async Task A_row_that_says_something_new_is_taken_with_a_warning_of_both_values()
    {
        await LoadAsync(Row("corrected", "20") + Row("withdrawn", "5") + Row("untouched", "3"));
        await CorrectAsync("corrected", 18);
        await ChangeAsync(HttpMethod.Delete, "withdrawn");

        var report = await LoadAsync(Row("corrected", "25") + Row("withdrawn", "6") + Row("untouched", "4"));
        Assert.Equal("3 read, 1 created, 2 updated, 0 unchanged, 0 failed", report.Counts());
        Assert.Equal(
        [
            " the numbers of 2 stored pledges are corrected, so original changes too (changed=correct); changed=amend records them as changes of the world, as of the file's article_published_on",
            "2 quantity_low replaces a correction that somebody made since the last file: quantity_low was 18, is 25; quantity_high was 18, is 25",
            "3 quantity_low is new in a row whose claim somebody withdrew, so the claim counts again: quantity_low was 5, is 6; quantity_high was 5, is 6",
        ], Warnings(report).Select(w => w.StartsWith("the") ? " " + w : w));
        Assert.Equal("original [35, 35] committed [35, 35]", await BalanceAsync());
        // Now that is what the file said last.
        Assert.Equal(3, (await LoadAsync(Row("corrected", "25") + Row("withdrawn", "6") + Row("untouched", "4"))).Number("rows_unchanged"));
    }

    [Fact]
    public async Task A_correction_after_a_withdrawal_stays_too()
    {
        await LoadAsync(Row("a", "20") + Row("b", "1"));
        await ChangeAsync(HttpMethod.Delete, "a");
        var answer = await Api.PostAsync("/v1/claims", Case.Json($$"""{"external_id":"a","article_external_id":"{{_list}}","kind":"pledge","donors":["DEU"],"recipient":"{{_recipient}}","items":["tank"],"quantity":8}""", "application/json"), ImportCaller.Cancel);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(2, (await LoadAsync(Row("a", "20") + Row("b", "1"))).Number("rows_unchanged"));
        Assert.Equal("original [9, 9] committed [9, 9]", await BalanceAsync());
    }

    [Fact]
    public async Task A_row_that_a_list_dropped_comes_back_with_the_list()
    {
        await LoadAsync(Row("a", "20") + Row("b", "1"));
        await LoadAsync(Row("b", "1"), "missing=withdraw");
        Assert.Equal("original [1, 1] committed [1, 1]", await BalanceAsync());
        Assert.Equal(1, (await LoadAsync(Row("a", "20") + Row("b", "1"))).Number("rows_created"));
        Assert.Equal("original [21, 21] committed [21, 21]", await BalanceAsync());
    }

    [Theory]
    [InlineData(",")]
    [InlineData("KEY,")]
    public async Task With_amend_another_number_is_a_change_of_the_world(string more)
    {
        more = more.Replace("KEY", _list + ":key");
        await LoadAsync(Row("1", "20", "2022-01-31", more));
        var june = Row("1", "5", "2022-06-30", more);
        foreach (var (created, counts) in new[] { (true, "1 read, 0 created, 1 updated, 0 unchanged, 0 failed"), (false, "1 read, 0 created, 0 updated, 1 unchanged, 0 failed") })
        {
            var report = await LoadAsync(june, "changed=amend&missing=cancel");
            Assert.Equal(counts, report.Counts());
            Assert.Equal(("amend", 0), (report.GetProperty("options").Word("changed"), report.Number("rows_dropped")));
            Assert.Empty(Warnings(report));
        }
        Assert.Equal("original [20, 20] committed [20, 20]", await BalanceAsync("2022-06-29"));
        Assert.Equal("original [20, 20] committed [5, 5]", await BalanceAsync("2022-06-30"));
        var commitments = await new Case(Api).GetAsync($"/v1/commitments?recipient={_recipient}&as_of=2022-12-31");
        var commitment = Assert.Single(commitments.GetProperty("items").EnumerateArray());
        var history = await new Case(Api).GetAsync($"/v1/commitments/{commitment.Number("id")}/history");
        Assert.Contains("\"kind\":\"amendment\"", history.GetRawText().Replace(" ", ""));

        // Back to 20 in September; the January edition again; an unchanged edition in October.
        await LoadAsync(Row("1", "20", "2022-09-30", more), "changed=amend&missing=cancel");
        Assert.Equal(1, (await LoadAsync(Row("1", "20", "2022-01-31", more), "changed=amend")).Number("rows_unchanged"));
        Assert.Equal(1, (await LoadAsync(Row("1", "20", "2022-10-31", more), "changed=amend")).Number("rows_unchanged"));
        Assert.Equal("original [20, 20] committed [5, 5]", await BalanceAsync("2022-09-29"));
        Assert.Equal("original [20, 20] committed [20, 20]", await BalanceAsync("2022-09-30"));

        // The June edition itself was wrong.
        Assert.Equal(1, (await LoadAsync(Row("1", "6", "2022-06-30", more), "changed=amend")).Number("rows_updated"));
        Assert.Equal("original [20, 20] committed [6, 6]", await BalanceAsync("2022-09-29"));
        Assert.Empty((await new Case(Api).GetAsync("/v1/verification")).GetProperty("differences").EnumerateArray());

        // Dropped at last.
        await LoadAsync(Row("other", "1", "2022-11-30"), "changed=amend&missing=cancel");
        Assert.Equal("original [21, 21] committed [1, 1]", await BalanceAsync());
    }

    [Theory]
    [InlineData("missing=cancel")]
    [InlineData("changed=correct")]
    public async Task With_correct_another_number_corrects_our_record_and_the_report_says_so(string query)
    {
        await LoadAsync(Row("1", "20"));
        var report = await LoadAsync(Row("1", "5", "2022-06-30"), query);
        Assert.Equal(["the number of 1 stored pledge is corrected, so original changes too (changed=correct); changed=amend records them as changes of the world, as of the file's article_published_on"],
            Warnings(report));
        Assert.Equal("original [5, 5] committed [5, 5]", await BalanceAsync("2022-03-01"));
    }

    [Fact]
    public async Task With_amend_other_members_are_corrected_and_keep_the_old_number()
    {
        await LoadAsync(Row("1", "20", more: "KEY-A,first".Replace("KEY-A", _list)));
        await LoadAsync(Row("1", "5", "2022-06-30", _list + ",second"), "changed=amend");
        var claim = await ClaimAsync("1");
        Assert.Equal((20, "second"), (claim.GetProperty("quantity_low").GetDecimal(), claim.Word("note")));
        Assert.Equal("original [20, 20] committed [5, 5]", await BalanceAsync());
        Assert.Equal(1, (await LoadAsync(Row("1", "5", "2022-06-30", _list + ",second"), "changed=amend")).Number("rows_unchanged"));
    }

    [Fact]
    public async Task A_correction_of_an_amended_number_corrects_the_amendment()
    {
        await LoadAsync(Row("1", "20"));
        await LoadAsync(Row("1", "5", "2022-06-30"), "changed=amend");
        Assert.Equal(1, (await LoadAsync(Row("1", "5", "2022-06-30"))).Number("rows_unchanged"));
        await LoadAsync(Row("1", "4", "2022-07-31"));
        Assert.Equal("original [20, 20] committed [4, 4]", await BalanceAsync("2022-06-30"));
    }

    [Fact]
    public async Task A_number_that_no_amendment_can_tell_is_corrected_with_a_warning()
    {
        await LoadAsync(Row("1", "20", kind: "delivery") + Row("2", "3"));
        var report = await LoadAsync(Row("1", "5", kind: "delivery") + Row("2", ""), "changed=amend");
        Assert.Equal(["2 quantity_low of a delivery cannot be amended here, so our record is corrected: quantity_low was 20, is 5; quantity_high was 20, is 5",
            "3 quantity is missing, and an amendment cannot take a number away; the number stays"], Warnings(report));
        Assert.Equal("original [3, 3] committed [3, 3]", await BalanceAsync());
    }

    [Fact]
    public async Task Without_a_day_of_the_edition_the_number_changes_as_of_today_with_a_warning()
    {
        await LoadAsync(Row("1", "20"));
        var report = await LoadAsync(Row("1", "5", ""), "changed=amend");
        Assert.Equal(["2 article_published_on is missing, so it is not known when this edition was published; the number changes as of today"], Warnings(report));
        Assert.Equal("original [20, 20] committed [20, 20]", await BalanceAsync());
        Assert.Equal("original [20, 20] committed [5, 5]", await BalanceAsync("2023-01-01"));
    }

    [Fact]
    public async Task With_amend_a_correction_of_an_editor_stays_the_original()
    {
        await LoadAsync(Row("1", "20"));
        await CorrectAsync("1", 18);
        await LoadAsync(Row("1", "5", "2022-06-30"), "changed=amend");
        Assert.Equal("original [18, 18] committed [18, 18]", await BalanceAsync("2022-06-29"));
        Assert.Equal("original [18, 18] committed [5, 5]", await BalanceAsync("2022-06-30"));
        Assert.Equal(1, (await LoadAsync(Row("1", "5", "2022-06-30"), "changed=amend")).Number("rows_unchanged"));
    }
}
