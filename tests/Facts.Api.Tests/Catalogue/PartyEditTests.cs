namespace Facts.Api.Tests.Catalogue;

public sealed class PartyEditTests(CaseService service) : IClassFixture<CaseService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    readonly Editor _editor = new(service.Admin);

    [Fact]
    public async Task Put_adds_a_party_and_replaces_one()
    {
        Assert.Equal("""201 "1" /v1/parties/jef {"code":"jef","name":"Joint Force","kind":"alliance","aliases":["JEF nations"],"members":["DEU"]}""",
            await _editor.AsksAsync("PUT", "/v1/parties/jef", """{"name":"Joint Force","kind":"alliance","aliases":["JEF nations"],"members":["Germany"]}""",
                null));
        Assert.Equal("party parties jef created 0", await _editor.LastChangeAsync());
        Assert.StartsWith("428 precondition_required", await _editor.AsksAsync("PUT", "/v1/parties/jef", """{"name":"Other"}""", null));
        Assert.StartsWith("412 precondition_failed", await _editor.AsksAsync("PUT", "/v1/parties/jef", """{"name":"Other"}""", "\"7\""));
        Assert.StartsWith("412 precondition_failed there is no party 'nowhere'", await _editor.AsksAsync("PUT", "/v1/parties/nowhere", """{"name":"Other"}"""));
        Assert.Equal("""200 "2" {"code":"jef","name":"Joint Expeditionary Force","kind":"organization","aliases":[],"members":[]}""",
            await _editor.AsksAsync("PUT", "/v1/parties/joint%20force", """{"code":"jef","name":"Joint Expeditionary Force"}""", "\"1\""));
        Assert.Equal("party parties jef changed 0", await _editor.LastChangeAsync());

        // The names that it had are free, those that it has are found.
        Assert.StartsWith("404", await _editor.AsksAsync("PATCH", "/v1/parties/JEF%20nations", "{}"));
        Assert.Equal("jef", (await _editor.ReadsAsync("/v1/parties/joint%20EXPEDITIONARY%20force")).GetProperty("code").GetString());
        var version = await VersionAsync();
        Assert.StartsWith("200 \"2\"", await _editor.AsksAsync("PUT", "/v1/parties/jef", """{"name":"Joint Expeditionary Force"}"""));
        Assert.Equal(version, await VersionAsync());
    }

    [Fact]
    public async Task A_merge_patch_changes_what_it_names_and_null_takes_away()
    {
        await _editor.DoesAsync("PUT", "/v1/parties/patched", """{"name":"Patched","kind":"company","aliases":["P one","P two"],"members":["DEU"]}""", null);
        Assert.Equal("""200 "2" {"code":"patched","name":"Mended","kind":"company","aliases":["P one","P two"],"members":["DEU"]}""",
            await _editor.AsksAsync("PATCH", "/v1/parties/patched", """{"name":"Mended"}""", "\"1\""));
        Assert.Equal("""200 "3" {"code":"patched","name":"Mended","kind":"organization","aliases":[],"members":["FRA","GBR"]}""",
            await _editor.AsksAsync("PATCH", "/v1/parties/mended", """{"kind":null,"aliases":null,"members":["France","UK","FRA"]}""", "\"2\""));
        Assert.StartsWith("200 \"3\"", await _editor.AsksAsync("PATCH", "/v1/parties/patched", "{}"));
        Assert.Equal("422 required /name required: a value is needed", await _editor.AsksAsync("PATCH", "/v1/parties/patched", """{"name":null}"""));
        Assert.StartsWith("428", await _editor.AsksAsync("PATCH", "/v1/parties/patched", """{"name":"x"}""", null));
        Assert.StartsWith("412", await _editor.AsksAsync("PATCH", "/v1/parties/patched", """{"name":"x"}""", "\"1\""));
    }

    [Fact]
    public async Task All_errors_of_a_party_are_reported_together_with_the_owner_of_a_taken_name()
    {
        await _editor.DoesAsync("PUT", "/v1/parties/own", """{"name":"Own","aliases":["mine"]}""", null);
        Assert.Equal("409 conflict /name conflict: 'germany' is a code, name or alias of DEU already; /aliases/1 conflict: 'Holland' is a code, name or alias of NLD already",
            await _editor.AsksAsync("PATCH", "/v1/parties/own", """{"name":"germany","aliases":["MINE","Holland"]}"""));
        var wrong = await _editor.AsksAsync("PUT", "/v1/parties/own", """{"name":"Own","kind":"alliances","members":["Nobody","own"]}""");
        Assert.StartsWith("422 validation_failed /kind invalid_word: ", wrong);
        Assert.EndsWith("; /members/0 unknown_party: no party has the code, name or alias 'Nobody'; /members/1 circular: a party cannot be a member of itself",
            wrong);
        const string Code = "422 invalid_value /code invalid_value: a code cannot change, and this one is 'own': leave it out; for another code add a new one, and delete this one once nothing refers to it";
        Assert.Equal(Code, await _editor.AsksAsync("PATCH", "/v1/parties/own", """{"code":"other"}"""));
        Assert.Equal(Code, await _editor.AsksAsync("PATCH", "/v1/parties/own", """{"code":null}"""));
        Assert.Equal(Code, await _editor.AsksAsync("PUT", "/v1/parties/own", """{"code":"other","name":"Own"}"""));
        Assert.StartsWith("422 invalid_value /code", await _editor.AsksAsync("PUT", "/v1/parties/not%20a%20code", """{"name":"Spaced"}""", null));
        Assert.StartsWith("400 unknown_member /nam", await _editor.AsksAsync("PATCH", "/v1/parties/own", """{"nam":"x"}"""));
        Assert.Equal("""["mine"]""", (await _editor.ReadsAsync("/v1/parties/own")).GetProperty("aliases").ToString());
    }

    [Theory]
    [InlineData("/v1/parties?q=ukr", "UKR")]
    [InlineData("/v1/parties?q=HOLLAND", "NLD")]
    [InlineData("/v1/parties?q=%25", "")]
    [InlineData("/v1/items?q=HE%20OTH", "sought")]
    public async Task The_catalogue_is_searched_by_a_part_of_a_name(string address, string codes)
    {
        await _editor.AsksAsync("PUT", "/v1/items/sought", """{"name":"Sought Thing","aliases":["the Other"]}""", null);
        Assert.Equal(codes, string.Join(' ', (await _editor.ReadsAsync(address)).GetProperty("items").EnumerateArray()
            .Select(i => i.GetProperty("code").GetString())));
    }

    [Fact]
    public async Task Only_an_entry_without_references_is_deleted()
    {
        await _editor.DoesAsync("PUT", "/v1/parties/free", """{"name":"Free"}""", null);
        await _editor.DoesAsync("PUT", "/v1/parties/giver", """{"name":"Giver"}""", null);
        await _editor.DoesAsync("PUT", "/v1/parties/group", """{"name":"Group","members":["giver","free"]}""", null);
        Assert.Equal("409 in_use free stays: there is 1 group it is a member of (group)", await _editor.AsksAsync("DELETE", "/v1/parties/free"));
        await _editor.DoesAsync("PATCH", "/v1/parties/group", """{"members":["giver"]}""");
        Assert.StartsWith("428", await _editor.AsksAsync("DELETE", "/v1/parties/free", ifMatch: null));
        Assert.StartsWith("200  {\"code\":\"free\"", await _editor.AsksAsync("DELETE", "/v1/parties/FREE", ifMatch: "\"1\""));
        Assert.Equal("party parties free removed 0", await _editor.LastChangeAsync());
        Assert.StartsWith("404", await _editor.AsksAsync("DELETE", "/v1/parties/free"));
        await _editor.DoesAsync("PUT", "/v1/parties/another", """{"name":"Another","aliases":["free"]}""", null);

        var claim = await ClaimAsync("deleting", "giver");
        Assert.Equal($"409 in_use giver stays: there is 1 claim that names it (/v1/claims/{claim}) and 1 group it is a member of (group)",
            await _editor.AsksAsync("DELETE", "/v1/parties/giver"));
        await _editor.DoesAsync("PATCH", "/v1/parties/group", """{"members":null}""");
        Assert.Equal($"409 in_use giver stays: there is 1 claim that names it (/v1/claims/{claim})", await _editor.AsksAsync("DELETE", "/v1/parties/giver"));
        // The claim no longer counts, but a query with an earlier known_at still shows it, with the name of the party.
        var counted = (await _editor.ReadsAsync("/v1/changes?sort=-sequence&limit=1")).GetProperty("items")[0].GetProperty("recorded_at").GetString();
        Assert.StartsWith("200", await _editor.AsksAsync("DELETE", $"/v1/claims/{claim}"));
        Assert.StartsWith("200", await _editor.AsksAsync("DELETE", "/v1/parties/giver"));
        Assert.StartsWith("404", await _editor.AsksAsync("GET", "/v1/parties/giver", ifMatch: null));
        Assert.DoesNotContain("\"giver\"", (await _editor.ReadsAsync("/v1/parties?limit=5000")).ToString());
        Assert.Contains("Giver", (await _editor.ReadsAsync($"/v1/balances?group_by=donor&as_of=2024-06-01&known_at={counted}")).ToString());
        Assert.StartsWith("422", await _editor.AsksAsync("POST", "/v1/claims", Claim("deleting again", "giver"), null));
        Assert.StartsWith("201", await _editor.AsksAsync("PUT", "/v1/parties/giver", """{"name":"Giver again"}""", null));
        Assert.Equal("Giver again", (await _editor.ReadsAsync("/v1/parties/giver")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Deleting_a_party_while_a_claim_names_it_refuses_one_of_the_two()
    {
        for (var i = 0; i < 25; i++)
        {
            await _editor.DoesAsync("PUT", $"/v1/parties/race-{i}", $$"""{"name":"Racer {{i}}"}""", null);
            var claiming = _editor.AsksAsync("POST", "/v1/claims", Claim($"race {i}", $"race-{i}"), null);
            var deleting = _editor.AsksAsync("DELETE", $"/v1/parties/race-{i}");
            var statuses = $"{(await claiming)[..3]} {(await deleting)[..3]}";
            Assert.True(statuses == "201 409" || statuses == "422 200" && (await claiming).StartsWith("422 unknown_party", StringComparison.Ordinal),
                $"{statuses}: {await claiming} / {await deleting}");
        }
        Assert.Equal(0L, await service.ScalarAsync("select count(*) from claims, unnest(donors) as donor where donor not in (select code from parties)"));
    }

    async Task<long> VersionAsync() => (await _editor.ReadsAsync("/v1/parties?limit=1")).GetProperty("dataset_version").GetInt64();

    async Task<long> ClaimAsync(string name, string donor) =>
        (await Case.ReadAsync(await service.Admin.PostAsync("/v1/claims", Case.Json(Claim(name, donor), "application/json"), Cancel)))
            .GetProperty("id").GetInt64();

    static string Claim(string name, string donor) =>
        $$"""{"external_id":"{{name}}","article_external_id":"{{name}}","article_publisher":"A","kind":"pledge","donors":["{{donor}}"],"recipient":"UKR","items":["iris-t"],"quantity":1,"unit":"system","stated_on":"2024-01-01"}""";
}
