using System.Text.Json;
using System.Text.RegularExpressions;
using Facts.Api.Tests.Imports;

namespace Facts.Api.Tests.Pages;

/// <summary>A row of more facts than a page shows: the page says so, and the JSON has all of them.</summary>
public sealed class LargeRowTests(Databases databases)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_about_very_many_facts_shows_the_first_and_says_that_there_are_more()
    {
        const int Facts = 203;
        await using var service = new FactsService(databases) { ConnectionString = await databases.NewDatabaseAsync() };
        var rows = Enumerable.Range(1, Facts).Select(i => $"{i},https://example.org/{i},2024-12-04,pledge,DEU,UKR,shell,{i},round,c{i}\n");
        var (status, _) = await service.Admin.LoadAsync(ImportCaller.Header + ",commitment\n" + string.Concat(rows), "create_missing=true");
        Assert.Equal(200, status);
        const string Row = "recipient=UKR&group_by=donor&row_unit=round&row_donor=DEU";

        var page = await service.Anonymous.GetStringAsync("/explain?" + Row, Cancel);
        Assert.Equal(200, Regex.Count(page, "<section class=\"fact\">"));
        Assert.Contains("And 3 more, in the JSON.", page);

        var json = JsonDocument.Parse(await service.Anonymous.GetStringAsync("/v1/balances/explain?" + Row, Cancel)).RootElement;
        Assert.Equal(Facts, json.GetProperty("commitments").GetArrayLength());
        Assert.Equal(Facts, json.GetProperty("claims").GetArrayLength());
    }
}
