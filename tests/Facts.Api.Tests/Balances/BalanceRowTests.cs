using System.Net;

namespace Facts.Api.Tests.Balances;

/// <summary>Rows of balances, sorted and with the fields as asked for.</summary>
public sealed class BalanceRowTests(CaseService service) : IClassFixture<CaseService>
{
    readonly Case _case = new(service.Admin);

    async Task LoadAsync() => await _case.LoadAsync(
        new { kind = "pledge", stated_on = "2022-01-10", donors = new[] { "DEU" }, quantity = 4 },
        new { kind = "pledge", stated_on = "2022-02-10", donors = new[] { "FRA" }, quantity = 10 },
        new { kind = "pledge", stated_on = "2022-03-10", donors = new[] { "NLD" }, quantity_low = 6 },
        new { kind = "pledge", stated_on = "2022-04-10", donors = new[] { "NOR" }, quantity = 10 });

    [Theory]
    [InlineData("outstanding_low", "DEU NLD FRA NOR")]
    [InlineData("-outstanding_low", "FRA NOR NLD DEU")]
    [InlineData("-outstanding_low,-donor", "NOR FRA NLD DEU")]
    [InlineData("outstanding_high", "DEU FRA NOR NLD")]
    [InlineData("-outstanding_high", "FRA NOR DEU NLD")]
    [InlineData("-last_stated_on", "NOR NLD FRA DEU")]
    public async Task Rows_are_sorted_by_any_field_without_numbers_last(string sort, string donors)
    {
        await LoadAsync();
        Assert.Equal(donors, string.Join(' ', (await _case.RowsAsync("2022-12-31", "&group_by=donor&sort=" + sort)).Select(r => r["donor"])));
    }

    [Fact]
    public async Task Only_the_fields_asked_for_are_shown_in_their_order_in_every_format()
    {
        await LoadAsync();
        var url = $"/v1/balances?recipient={_case.RecipientInUrl}&as_of=2022-12-31&group_by=donor&sort=-committed_low,donor&fields=committed_high,donor";
        var list = await _case.GetAsync(url);
        Assert.Equal("""{"committed_high":10,"donor":"FRA"}""", list.GetProperty("items")[0].GetRawText().Replace(" ", "").Replace("\n", ""));
        Assert.Equal(4, list.GetProperty("count").GetInt32());
        var csv = await service.Anonymous.GetStringAsync(url + "&format=csv", TestContext.Current.CancellationToken);
        Assert.Equal(["committed_high,donor", "10,FRA", "10,NOR", ",NLD", "4,DEU", ""], csv.Split("\r\n"));
    }

    [Fact]
    public async Task A_timeline_is_sorted_and_cut_as_a_list_of_balances_is()
    {
        await LoadAsync();
        var rows = (await _case.GetAsync(
            $"/v1/balances/timeline?recipient={_case.RecipientInUrl}&interval=month&from=2022-01-31&to=2022-03-31&sort=-as_of&fields=as_of,committed_low"))
            .GetProperty("items");
        Assert.Equal(["2022-03-31 20", "2022-02-28 14", "2022-01-31 4"],
            rows.EnumerateArray().Select(r => $"{r.GetProperty("as_of")} {r.GetProperty("committed_low")}"));
    }

    [Theory]
    [InlineData("sort=password", "sort")]
    [InlineData("sort=donor", "sort")]
    [InlineData("fields=nothing", "fields")]
    [InlineData("fields=donor", "fields")]
    [InlineData("fields=unit,unit", "fields")]
    [InlineData("sort=unit,-unit", "sort")]
    public async Task A_field_that_the_rows_do_not_have_is_refused(string query, string parameter)
    {
        var answer = await service.Anonymous.GetAsync("/v1/balances?" + query, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(parameter, (await Case.ReadAsync(answer)).GetProperty("errors")[0].GetProperty("parameter").GetString());
    }
}
