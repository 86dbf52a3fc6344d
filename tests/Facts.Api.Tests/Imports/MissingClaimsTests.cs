using System.Text.Json;

namespace Facts.Api.Tests.Imports;

/// <summary>A list of 400 rows, then its next edition with 30 changed, 15 dropped and 40 new.</summary>
public sealed class MissingClaimsTests(MissingClaimsTests.Service service) : IClassFixture<MissingClaimsTests.Service>
{
    public sealed class Service(Databases databases) : FactsService(databases)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Case.AddItemsAsync(Admin);
        }
    }

    static int _lists;

    readonly string _list = $"list-{Interlocked.Increment(ref _lists)}-{Guid.NewGuid():N}";

    HttpClient Api => service.Admin;

    // Ten each; rows 1 to 30 become twelve, 31 to 45 are dropped, 401 to 440 are new.
    string Edition(bool isSecond, bool isKeyed) =>
        "external_id,article_external_id,article_published_on,kind,donors,recipient,items,quantity,unit,stated_on,commitment\n" + string.Concat(
        Enumerable.Range(1, isSecond ? 440 : 400).Where(i => !isSecond || i is < 31 or > 45).Select(i =>
            $"{i},{_list},{(isSecond ? "2024-06-01" : "2024-03-01")},pledge,DEU,{_list},tank,{(isSecond && i <= 30 ? 12 : 10)},vehicle,2024-01-{i % 28 + 1:00},{(isKeyed ? $"{_list}:{i}" : "")}\n"));

    async Task<string> BalanceAsync(string asOf, string? knownAt = null)
    {
        var list = await new Case(Api)
            .GetAsync($"/v1/balances?recipient={_list}&as_of={asOf}{(knownAt is null ? "" : "&known_at=" + Uri.EscapeDataString(knownAt))}");
        var row = new Row(Assert.Single(list.GetProperty("items").EnumerateArray()));
        return $"original {row["original"]} cancelled {row["cancelled"]} committed {row["committed"]} commitments {row["commitments"]}";
    }

    async Task<JsonElement> LoadAsync(string file, string query)
    {
        var (status, report) = await Api.LoadAsync(file, query + "&create_missing=true");
        Assert.True(status == 200, report.ToString());
        return report;
    }

    [Theory]
    [InlineData("keep", true, "original [4460, 4460] cancelled [0, 0] committed [4460, 4460] commitments 440", 0)]
    [InlineData("withdraw", true, "original [4310, 4310] cancelled [0, 0] committed [4310, 4310] commitments 425", 15)]
    [InlineData("cancel", true, "original [4460, 4460] cancelled [150, 150] committed [4310, 4310] commitments 440", 15)]
    [InlineData("withdraw", false, "original [4310, 4310] cancelled [0, 0] committed [4310, 4310] commitments 425", 15)]
    [InlineData("cancel", false, "original [4460, 4460] cancelled [150, 150] committed [4310, 4310] commitments 440", 15)]
    public async Task Claims_missing_from_the_next_edition_stay_are_withdrawn_or_are_cancelled(string missing, bool isKeyed, string balance, int dropped)
    {
        await LoadAsync(Edition(false, isKeyed), "missing=" + missing);
        const string first = "original [4000, 4000] cancelled [0, 0] committed [4000, 4000] commitments 400";
        Assert.Equal(first, await BalanceAsync("2024-12-31"));
        var before = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");

        var report = await LoadAsync(Edition(true, isKeyed), "missing=" + missing);
        Assert.Equal("425 read, 40 created, 30 updated, 355 unchanged, 0 failed", report.Counts());
        Assert.Equal(dropped, report.Number("rows_dropped"));
        Assert.Equal(Enumerable.Range(31, dropped).Select(i => $"{i}"),
            report.GetProperty("dropped").EnumerateArray().Select(d => d.Word("external_id")).Order());
        Assert.Equal(balance, await BalanceAsync("2024-12-31"));
        Assert.Equal(first, await BalanceAsync("2024-12-31", before));
        if (missing == "cancel") Assert.Contains("cancelled [0, 0]", await BalanceAsync("2024-05-31"));

        // The same file again changes nothing.
        report = await LoadAsync(Edition(true, isKeyed), "missing=" + missing);
        Assert.Equal("425 read, 0 created, 0 updated, 425 unchanged, 0 failed", report.Counts());
        Assert.Equal(0, report.Number("rows_dropped"));
        Assert.Equal(balance, await BalanceAsync("2024-12-31"));
        Assert.Empty((await new Case(Api).GetAsync("/v1/verification")).GetProperty("differences").EnumerateArray());
    }

    [Fact]
    public async Task With_a_refused_row_no_claim_counts_as_dropped()
    {
        await LoadAsync(Edition(false, true), "missing=cancel");
        var (status, report) = await Api.LoadAsync(Edition(true, true).Replace($"{_list}:50\n",
            $"{_list}:50\nx,{_list},,pledge,Germny,{_list},tank,1,vehicle,,\n"), "missing=cancel&on_error=skip");
        Assert.Equal(207, status);
        Assert.Equal(0, report.Number("rows_dropped"));
        Assert.Contains("missing was not carried out", report.GetProperty("warnings").ToString());
    }

    [Fact]
    public async Task With_resolve_keyed_each_claim_is_a_fact_of_its_own()
    {
        string File(string outlet) => $"article_url,article_publisher,article_published_on,kind,donors,recipient,items,quantity,unit\nhttps://example.org/{_list}/{outlet},{outlet},2024-03-01,pledge,DEU,{_list},tank,10,vehicle\n";
        await LoadAsync(File("a"), "");
        await LoadAsync(File("b"), "");
        Assert.Contains("commitments 1", await BalanceAsync("2024-12-31"));
        await LoadAsync(File("c"), "resolve=keyed");
        await LoadAsync(File("d"), "resolve=keyed");
        Assert.Contains("committed [30, 30] commitments 3", await BalanceAsync("2024-12-31"));
        Assert.Equal(1, (await LoadAsync(File("d"), "resolve=keyed")).Number("rows_unchanged"));
    }

    [Fact]
    public async Task The_report_lists_changed_balances_and_of_a_dry_run_those_that_would_change()
    {
        var tried = await LoadAsync(Edition(false, true), "dry_run=true");
        var report = await LoadAsync(Edition(false, true), "");
        Assert.Equal(report.GetProperty("effect").ToString(), tried.GetProperty("effect").ToString());
        var effect = report.GetProperty("effect");
        Assert.Equal(1, effect.Number("balances_moved"));
        Assert.Equal(4000,
            effect.GetProperty("balances")[0].GetProperty("measures").GetProperty("committed").GetProperty("after").GetProperty("low").GetDecimal());
    }
}
