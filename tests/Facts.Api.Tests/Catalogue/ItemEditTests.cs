namespace Facts.Api.Tests.Catalogue;

public sealed class ItemEditTests(FactsService service) : IClassFixture<FactsService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    readonly Editor _editor = new(service.Admin);

    [Fact]
    public async Task Put_adds_an_item_and_a_merge_patch_corrects_it()
    {
        await _editor.DoesAsync("PUT", "/v1/items/radar", """{"name":"Radar","unit":"system"}""", null);
        Assert.Equal("""201 "1" /v1/items/trml {"code":"trml","name":"TRML 4D","parent":"radar","unit":"system","aliases":["TRML-4D"]}""",
            await _editor.AsksAsync("PUT", "/v1/items/trml", """{"code":"trml","name":"TRML 4D","parent":"RADAR","unit":"System","aliases":["TRML-4D"]}""",
                null));
        Assert.Equal("item items trml created 0", await _editor.LastChangeAsync());
        Assert.Equal("""200 "2" {"code":"trml","name":"TRML-4D","parent":"radar","unit":null,"aliases":[]}""",
            await _editor.AsksAsync("PATCH", "/v1/items/trml", """{"name":"TRML-4D","unit":null,"aliases":null}""", "\"1\""));
        Assert.Equal("item items trml changed 0", await _editor.LastChangeAsync());
        Assert.Equal("""200 "3" {"code":"trml","name":"TRML-4D","parent":null,"unit":null,"aliases":[]}""",
            await _editor.AsksAsync("PATCH", "/v1/items/trml-4d", """{"parent":null}""", "\"2\""));
        Assert.StartsWith("412", await _editor.AsksAsync("PATCH", "/v1/items/trml", """{"name":"x"}""", "\"1\""));
        Assert.StartsWith("428", await _editor.AsksAsync("PUT", "/v1/items/trml", """{"name":"x"}""", null));
        Assert.Equal("409 conflict /aliases/0 conflict: 'radar' is a code, name or alias of radar already",
            await _editor.AsksAsync("PATCH", "/v1/items/trml", """{"aliases":["radar"]}"""));
        Assert.StartsWith("422 unknown_item /parent unknown_item: no item has the code, name or alias 'radr'",
            await _editor.AsksAsync("PATCH", "/v1/items/trml", """{"parent":"radr"}"""));
        Assert.StartsWith("422 invalid_value /code", await _editor.AsksAsync("PATCH", "/v1/items/trml", """{"code":"trml-4d"}"""));
    }

    [Fact]
    public async Task An_item_is_never_below_itself()
    {
        foreach (var (code, parent) in new[] { ("top", "null"), ("middle", "\"top\""), ("bottom", "\"middle\"") })
            await _editor.DoesAsync("PUT", $"/v1/items/{code}", $$"""{"name":"{{code}}","parent":{{parent}},"aliases":["the {{code}}"]}""", null);
        Assert.Equal("422 circular /parent circular: 'the bottom' is below top itself: move that elsewhere first",
            await _editor.AsksAsync("PATCH", "/v1/items/top", """{"parent":"the bottom"}"""));
        Assert.Equal("422 circular /parent circular: an item cannot be below itself",
            await _editor.AsksAsync("PATCH", "/v1/items/top", """{"parent":"the top"}"""));
        Assert.Equal("422 circular /parent circular: an item cannot be below itself",
            await _editor.AsksAsync("PUT", "/v1/items/top", """{"name":"top","parent":"top"}"""));

        // Two moves, each valid without the other.
        await _editor.DoesAsync("PATCH", "/v1/items/bottom", """{"parent":null}""");
        var answers = await Task.WhenAll(_editor.AsksAsync("PATCH", "/v1/items/top", """{"parent":"bottom"}"""),
            _editor.AsksAsync("PATCH", "/v1/items/bottom", """{"parent":"top"}"""));
        Assert.Equal(["200", "422"], answers.Select(s => s[..3]).Order());
    }

    [Fact]
    public async Task Only_an_entry_without_references_is_deleted()
    {
        foreach (var (code, parent) in new[] { ("kind", "null"), ("model", "\"kind\""), ("spare", "\"kind\"") })
            await _editor.DoesAsync("PUT", $"/v1/items/{code}", $$"""{"name":"{{code}}","parent":{{parent}},"unit":"system"}""", null);
        Assert.Equal("409 in_use kind stays: there are 2 items below it (model, spare)", await _editor.AsksAsync("DELETE", "/v1/items/kind"));
        Assert.StartsWith("200  {\"code\":\"spare\"", await _editor.AsksAsync("DELETE", "/v1/items/spare", ifMatch: "\"1\""));
        Assert.Equal("item items spare removed 0", await _editor.LastChangeAsync());
        using var answer = await service.Admin.PostAsync("/v1/claims", Case.Json(
            """{"external_id":"1","article_external_id":"a","article_publisher":"A","kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["model"],"quantity":1,"stated_on":"2024-01-01"}""", "application/json"), Cancel);
        var claim = (await Case.ReadAsync(answer)).GetProperty("id");
        Assert.Equal($"409 in_use model stays: there is 1 claim that names it (/v1/claims/{claim})", await _editor.AsksAsync("DELETE", "/v1/items/model"));
        Assert.Equal("kind", (await _editor.ReadsAsync("/v1/items/model")).GetProperty("parent").GetString());
    }
}
