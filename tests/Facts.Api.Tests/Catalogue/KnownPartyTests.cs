using Facts.Api.Catalogue;
using Facts.Api.Database;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Facts.Api.Tests.Catalogue;

/// <summary>The parties that every store begins with, and the names by which they are found.</summary>
public sealed class KnownPartyTests(FactsService service, Databases databases) : IClassFixture<FactsService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>The 193 members and 2 observers of the United Nations, as the United Nations writes them.</summary>
    const string OfficialNames =
        """
        Afghanistan, Albania, Algeria, Andorra, Angola, Antigua and Barbuda, Argentina, Armenia, Australia, Austria, Azerbaijan, Bahamas, Bahrain, Bangladesh,
        Barbados, Belarus, Belgium, Belize, Benin, Bhutan, Bolivia (Plurinational State of), Bosnia and Herzegovina, Botswana, Brazil, Brunei Darussalam,
        Bulgaria, Burkina Faso, Burundi, Cabo Verde, Cambodia, Cameroon, Canada, Central African Republic, Chad, Chile, China, Colombia, Comoros, Congo,
        Costa Rica, Côte d'Ivoire, Croatia, Cuba, Cyprus, Czechia, Democratic People's Republic of Korea, Democratic Republic of the Congo, Denmark, Djibouti,
        Dominica, Dominican Republic, Ecuador, Egypt, El Salvador, Equatorial Guinea, Eritrea, Estonia, Eswatini, Ethiopia, Fiji, Finland, France, Gabon,
        Gambia (Republic of The), Georgia, Germany, Ghana, Greece, Grenada, Guatemala, Guinea, Guinea-Bissau, Guyana, Haiti, Honduras, Hungary, Iceland, India,
        Indonesia, Iran (Islamic Republic of), Iraq, Ireland, Israel, Italy, Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kiribati, Kuwait, Kyrgyzstan,
        Lao People's Democratic Republic, Latvia, Lebanon, Lesotho, Liberia, Libya, Liechtenstein, Lithuania, Luxembourg, Madagascar, Malawi, Malaysia,
        Maldives, Mali, Malta, Marshall Islands, Mauritania, Mauritius, Mexico, Micronesia (Federated States of), Monaco, Mongolia, Montenegro, Morocco,
        Mozambique, Myanmar, Namibia, Nauru, Nepal, Netherlands (Kingdom of the), New Zealand, Nicaragua, Niger, Nigeria, North Macedonia, Norway, Oman,
        Pakistan, Palau, Panama, Papua New Guinea, Paraguay, Peru, Philippines, Poland, Portugal, Qatar, Republic of Korea, Republic of Moldova, Romania,
        Russian Federation, Rwanda, Saint Kitts and Nevis, Saint Lucia, Saint Vincent and the Grenadines, Samoa, San Marino, Sao Tome and Principe,
        Saudi Arabia, Senegal, Serbia, Seychelles, Sierra Leone, Singapore, Slovakia, Slovenia, Solomon Islands, Somalia, South Africa, South Sudan, Spain,
        Sri Lanka, Sudan, Suriname, Sweden, Switzerland, Syrian Arab Republic, Tajikistan, Thailand, Timor-Leste, Togo, Tonga, Trinidad and Tobago, Tunisia,
        Türkiye, Turkmenistan, Tuvalu, Uganda, Ukraine, United Arab Emirates, United Kingdom of Great Britain and Northern Ireland,
        United Republic of Tanzania, United States of America, Uruguay, Uzbekistan, Vanuatu, Venezuela (Bolivarian Republic of), Viet Nam, Yemen, Zambia,
        Zimbabwe, Holy See, State of Palestine
        """;

    readonly Editor _editor = new(service.Admin);

    [Fact]
    public async Task Every_member_and_observer_of_the_united_nations_is_found_by_its_official_name()
    {
        var names = OfficialNames.Split(',', StringSplitOptions.TrimEntries);
        Assert.Equal(195, names.Length);
        var codes = new List<string>();
        foreach (var name in names) codes.Add(await CodeAsync(name));
        Assert.All(codes, code => Assert.Equal(3, code.Length));
        Assert.Equal(195, codes.Distinct().Count());
    }

    [Theory]
    [InlineData("USA", "U.S.", "U.S.A.", "United States", "the United States", "us")]
    [InlineData("GBR", "U.K.", "UK", "Great Britain")]
    [InlineData("ARE", "U.A.E.", "UAE")]
    [InlineData("CIV", "Côte d'Ivoire", "Côte d’Ivoire", "Cote dʼIvoire", "CÔTE D‘IVOIRE", "Ivory Coast")]
    [InlineData("TUR", "Türkiye", "TÜRKİYE", "türki̇ye", "Turkey", "TURKEY", "Turkiye")]
    [InlineData("ITA", "italia", "İtalia", "ITALIA", "ıtalia")]
    [InlineData("COD", "DRC", "Congo, Dem. Rep.", "Democratic Republic of Congo")]
    [InlineData("COG", "Congo", "Congo, Rep.", "Republic of the Congo")]
    [InlineData("KOR", "South Korea", "Korea, Rep.", "Korea (the Republic of)")]
    [InlineData("PRK", "North Korea", "DPRK", "Korea (the Democratic People’s Republic of)")]
    [InlineData("CZE", "Czech Republic", "Czechia")]
    [InlineData("NLD", "Netherlands (Kingdom of the)", "the Netherlands")]
    [InlineData("PSE", "West Bank and Gaza", "Palestine, State of")]
    [InlineData("MKD", "Macedonia", "Republic of North Macedonia")]
    [InlineData("SWZ", "Swaziland"), InlineData("CPV", "Cape Verde"), InlineData("TLS", "East Timor"), InlineData("VNM", "Vietnam")]
    [InlineData("XKX", "Kosovo", "XK"), InlineData("EU", "European Union", "E.U."), InlineData("UN", "United Nations", "U.N.")]
    [InlineData("NATO", "North Atlantic Treaty Organization"), InlineData("world-bank", "World Bank", "The World Bank")]
    public async Task A_party_is_found_as_newspapers_and_data_files_write_it(string code, params string[] names)
    {
        foreach (var name in names) Assert.Equal(code, await CodeAsync(name));
    }

    [Theory]
    [InlineData("EU", "European Union", "organization"), InlineData("UN", "United Nations", "organization"), InlineData("NATO", "NATO", "alliance")]
    [InlineData("world-bank", "World Bank", "organization"), InlineData("XKX", "Kosovo", "state"), InlineData("TUR", "Türkiye", "state")]
    public async Task A_store_begins_with_parties_that_are_marked_as_what_they_are(string code, string name, string kind)
    {
        var party = await _editor.ReadsAsync("/v1/parties/" + code);
        Assert.Equal($"{name} {kind}", $"{party.GetProperty("name")} {party.GetProperty("kind")}");
    }

    [Fact]
    public async Task A_claim_may_use_any_of_the_names()
    {
        var claim = Case.Json(
            """{"external_id":"1","article_external_id":"names","kind":"pledge","donors":["U.S.","Côte d’Ivoire","TÜRKİYE"],"recipient":"Viet Nam","items":["Aid"],"unit":"EUR","quantity":5,"stated_on":"2024-01-01"}""",
            "application/json");
        var stored = await Case.ReadAsync(await service.Admin.PostAsync("/v1/claims?create_missing=true", claim, Cancel));
        Assert.Equal("""["CIV","TUR","USA"] VNM""", $"{stored.GetProperty("donors")} {stored.GetProperty("recipient")}");
    }

    [Fact]
    public async Task A_newer_seed_adds_names_and_never_overwrites_an_editor()
    {
        await using var elsewhere = new FactsService(databases);
        await elsewhere.InitializeAsync();
        var editor = new Editor(elsewhere.Admin);
        await editor.DoesAsync("PATCH", "/v1/parties/DNK", """{"name":"Danmark","aliases":["DK"]}""");
        await editor.DoesAsync("PUT", "/v1/parties/own", """{"name":"Own","aliases":["mine"]}""", null);
        Assert.StartsWith("200", await editor.AsksAsync("DELETE", "/v1/parties/BVT"));
        await using var connection = new NpgsqlConnection(elsewhere.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var older = new NpgsqlCommand(
            """
            delete from party_names where code in ('EU', 'USA', 'TUR');
            delete from parties where code = 'EU';
            update parties set aliases = array['US'] where code = 'USA';
            update parties set name = 'Turkey', aliases = array['TR', 'Türkiye'] where code = 'TUR';
            update parties set aliases = array['U.S.'] where code = 'own';
            insert into party_names values ('USA', 'USA'), ('UNITED STATES', 'USA'), ('US', 'USA'), ('TUR', 'TUR'), ('U.S.', 'own');
            update dataset set seed = 1
            """, connection);
        await older.ExecuteNonQueryAsync(Cancel);

        await using (var scope = elsewhere.Services.CreateAsyncScope())
            await CatalogueSeed.SeedAsync(scope.ServiceProvider.GetRequiredService<FactsContext>(), TimeProvider.System, Cancel);

        Assert.Equal("EU", await CodeAsync("European Union"));
        Assert.Equal("""200 "2" {"code":"DNK","name":"Danmark","kind":"state","aliases":["DK"],"members":[]}""",
            await editor.AsksAsync("GET", "/v1/parties/DNK", ifMatch: null));
        Assert.StartsWith("404", await editor.AsksAsync("GET", "/v1/parties/BVT", ifMatch: null));
        Assert.Equal("own", (await editor.ReadsAsync("/v1/parties/U.S.")).GetProperty("code").GetString());
        Assert.Equal("USA", (await editor.ReadsAsync("/v1/parties/U.S.A.")).GetProperty("code").GetString());
        Assert.Equal("Türkiye", (await editor.ReadsAsync("/v1/parties/Turkey")).GetProperty("name").GetString());
        Assert.Equal("party parties EU created, parties TUR changed, parties USA changed 0", await editor.LastChangeAsync());

        async Task<string> CodeAsync(string name) =>
            (await editor.ReadsAsync("/v1/parties/" + Uri.EscapeDataString(name))).GetProperty("code").GetString()!;
    }

    async Task<string> CodeAsync(string name)
    {
        var answer = await _editor.AsksAsync("GET", "/v1/parties/" + Uri.EscapeDataString(name), ifMatch: null);
        Assert.True(answer.StartsWith("200", StringComparison.Ordinal), $"{name}: {answer}");
        return answer.Split("\"code\":\"")[1].Split('"')[0];
    }
}
