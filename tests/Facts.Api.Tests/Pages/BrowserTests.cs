using System.Net.Http.Headers;
using Deque.AxeCore.Commons;
using Facts.Api.Tests.Hosting;

namespace Facts.Api.Tests.Pages;

/// <summary>The pages in Chromium, if the machine has one: wide and narrow, dark, printed, without script, and by keyboard alone.</summary>
public sealed class BrowserTests(Databases databases) : IAsyncLifetime
{
    const string Key = "a-key-of-the-tests-0123456789";

    const string Late = "/?recipient=UKR&unit=system&as_of=2025-01-01";

    readonly string _directory = Path.Combine(Path.GetTempPath(), "facts-page-" + Guid.NewGuid().ToString("N"));
    RunningService? _service;
    Browser? _browser;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (!Browser.IsHere) return;
        _service = new RunningService(new Dictionary<string, string>
        {
            ["ConnectionStrings__Facts"] = await databases.NewDatabaseAsync(),
            ["Facts__DataDirectory"] = _directory,
            ["Facts__AdminKey"] = Key,
            ["Facts__Sample"] = "true",
        }, []);
        var browser = Browser.StartAsync();
        await _service.AnswersAsync();
        _browser = await browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        if (_service is not null) await _service.DisposeAsync();
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }

    /// <summary>One service and one browser for all of it: their start takes longer than the pages.</summary>
    [Fact]
    public async Task Pages_serve_readers_wide_and_narrow_dark_printed_without_script_and_by_keyboard()
    {
        if (_browser is null)
        {
            Assert.Skip("there is no Chromium here: the pages were not opened");
            return;
        }
        var tab = await _browser.OpenAsync();
        await Assert.MultipleAsync(() => NoPageIsWiderThanAPhone(tab), () => AFingerHitsEachLink(tab), () => AnEmbedFitsItsFrame(tab),
            () => DarkAndPrintedPagesKeepTheirMeaning(tab),
            () => TypedDaysAreTheDaysThatWereTyped(tab), () => ARowOpensByKeyboardAlone(tab), () => APerimeterLeadsToItsQuestion(tab),
            () => AFormWorksWithoutScript(tab),
            () => AxeFindsNothing(tab), () => NoScriptOfASourceRuns(tab), () => AnOpenedOperationHasItsButtonInSight(tab));
        Assert.Empty(tab.Complaints);
    }

    async Task NoPageIsWiderThanAPhone(Tab tab)
    {
        await tab.SizeAsync(390, 844);
        foreach (var page in new[] { "/", "/perimeters/washington-2024", Late, "/?group_by=item,donor", "/commitments", "/commitments/6", "/claims?q=patriot",
            "/donors/DEU", "/articles", "/?doner=x" })
        {
            await OpenAsync(tab, page);
            Assert.True(int.Parse(await tab.ReadAsync("document.documentElement.scrollWidth")) <= 390, page);
        }
        await tab.SizeAsync(1280, 900);
    }

    /// <summary>WCAG 2.5.8: 24 pixels, for marks of charts in both directions.</summary>
    async Task AFingerHitsEachLink(Tab tab)
    {
        await tab.SizeAsync(390, 844);
        foreach (var page in new[] { "/", Late, "/commitments", "/commitments/6", "/claims?q=patriot", "/claims/6", "/articles/1", "/donors/DEU", "/?doner=x",
            "/docs", "/docs/semantics", "/docs/errors" })
        {
            await OpenAsync(tab, page);
            Assert.Equal("true", await tab.ReadAsync(
                "[...document.querySelectorAll('svg a')].map(a => a.getBoundingClientRect()).every(r => Math.min(r.width, r.height) >= 23.9)"));
            Assert.Equal("", await tab.ReadAsync(
                """
                [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
                  .filter(e => !e.closest("svg, .skip") && e.checkVisibility())
                  .filter(e => Math.max(...[...(e.closest("label") || e).getClientRects()].map(r => r.height)) < 24)
                  .map(e => e.outerHTML.slice(0, 120)).join("\n")
                """));
        }
        await tab.SizeAsync(1280, 900);
    }

    async Task AnEmbedFitsItsFrame(Tab tab)
    {
        await tab.SizeAsync(600, 480);
        foreach (var chart in new[] { "rows&group_by=donor,item", "timeline", "deadlines" })
        {
            await OpenAsync(tab, "/embed?recipient=UKR&chart=" + chart);
            Assert.InRange(int.Parse(await tab.ReadAsync("document.documentElement.scrollHeight")), 1, 480);
        }
        await tab.SizeAsync(1280, 900);
    }

    async Task DarkAndPrintedPagesKeepTheirMeaning(Tab tab)
    {
        await tab.MediaAsync("screen", "dark");
        await OpenAsync(tab, Late);
        Assert.Equal("rgb(18, 21, 26)", await tab.ReadAsync("getComputedStyle(document.body).backgroundColor"));
        await tab.MediaAsync("print", "light");
        Assert.Equal("none", await tab.ReadAsync("getComputedStyle(document.querySelector('.top nav')).display"));
        Assert.Equal("exact", await tab.ReadAsync("getComputedStyle(document.querySelector('.chart rect')).printColorAdjust"));
        Assert.Equal("table", await tab.ReadAsync("getComputedStyle(document.querySelector('table.rows')).display"));
        await tab.MediaAsync("screen", "light");
    }

    async Task TypedDaysAreTheDaysThatWereTyped(Tab tab)
    {
        foreach (var (language, typed, day) in new[]
        {
            ("en-US", "12/04/2024", "2024-12-04"), ("en-GB", "04/12/2024", "2024-12-04"), ("de-DE", "31.12.2024", "2024-12-31"),
            ("fr-FR", "15/04/2024", "2024-04-15"), ("sv-SE", "2025-01-31", "2025-01-31"), ("en-US", "March 5, 2024", "2024-03-05"),
        })
        {
            await tab.LanguageAsync(language);
            await OpenAsync(tab, "/");
            await tab.ReadAsync("document.getElementById('f-as_of').focus()");
            await tab.KeysAsync(typed);
            Assert.StartsWith("read as " + int.Parse(day[8..]) + " ", await tab.ReadAsync("document.getElementById('r-as_of').textContent"));
            Assert.Empty(tab.Documents);
            await tab.LoadAsync(() => tab.PressAsync("Enter"));
            Assert.Equal($"{_service!.Address}/?as_of={day}&group_by=donor", Assert.Single(tab.Documents));
        }
        await tab.LanguageAsync("en-GB");
    }

    async Task ARowOpensByKeyboardAlone(Tab tab)
    {
        await OpenAsync(tab, Late);
        await tab.ReadAsync("document.getElementById('rows').focus()");
        for (var i = 0; i < 40 && await tab.ReadAsync("document.activeElement.dataset.explain !== undefined") != "true"; i++) await tab.PressAsync("Tab");
        Assert.Equal("solid", await tab.ReadAsync("getComputedStyle(document.activeElement).outlineStyle"));
        await tab.PressAsync("Enter");
        await EventuallyAsync(tab, "document.querySelector('.opened blockquote') !== null");
        var behind = await tab.ReadAsync("document.querySelector('.opened').textContent");
        Assert.Contains("Before the year ends Germany will send another four IRIS-T, differing in range.", behind);
        Assert.Contains("overdue 2", behind);
        await tab.PressAsync("Enter");
        await EventuallyAsync(tab, "document.querySelector('.opened') === null");
        Assert.Equal(Late, await tab.ReadAsync("location.pathname + location.search"));
    }

    async Task APerimeterLeadsToItsQuestion(Tab tab)
    {
        await OpenAsync(tab, "/");
        await tab.LoadAsync(() => tab.ReadAsync("document.querySelector('.perimeters a').click()"));
        Assert.Equal("/perimeters/washington-2024", await tab.ReadAsync("location.pathname"));
        Assert.Equal("The Washington summit 2024", await tab.ReadAsync("document.querySelector('h1').textContent"));
        // A control of the table asks the question anew, with all its conditions.
        await tab.ReadAsync("document.querySelector('select[name=group_by]').value = 'item'");
        await tab.LoadAsync(() => tab.ReadAsync("document.querySelector('.groups button').click()"));
        Assert.Equal("?recipient=UKR&item=air-defence&stated_from=2024-07-09&stated_to=2024-07-11&group_by=item", await tab.ReadAsync("location.search"));
        Assert.Equal("Ukraine", await tab.ReadAsync("document.getElementById('f-recipient').value"));
    }

    async Task AFormWorksWithoutScript(Tab tab)
    {
        await tab.ScriptsAsync(false);
        await OpenAsync(tab, "/?unit=system");
        await tab.ReadAsync("document.getElementById('f-donor').focus()");
        await tab.TypeAsync("Germany");
        await tab.LoadAsync(() => tab.PressAsync("Enter"));
        Assert.Equal("?donor=Germany&unit=system&group_by=donor", await tab.ReadAsync("location.search"));
        Assert.Contains("5–7", await tab.ReadAsync("document.querySelector('table.rows').innerText"));
        await tab.ReadAsync("document.querySelector('td.why a').focus()");
        await tab.LoadAsync(() => tab.PressAsync("Enter"));
        Assert.Equal("/explain", await tab.ReadAsync("location.pathname"));
        Assert.Contains("IRIS-T", await tab.ReadAsync("document.querySelector('main').innerText"));
        await tab.ScriptsAsync(true);
    }

    async Task AnOpenedOperationHasItsButtonInSight(Tab tab)
    {
        await OpenAsync(tab, "/swagger/index.html");
        await EventuallyAsync(tab, "document.querySelector('#operations-tag-claims') !== null");
        Assert.Equal("0", await tab.ReadAsync("document.querySelectorAll('.opblock').length"));
        await tab.ReadAsync("document.querySelector('#operations-tag-claims').click()");
        await EventuallyAsync(tab, "document.querySelector('#operations-claims-listClaims button') !== null");
        await tab.ReadAsync("document.querySelector('#operations-claims-listClaims button').click()");
        await EventuallyAsync(tab, "document.querySelector('button.execute') !== null");
        // The operation unfolds for a moment.
        await EventuallyAsync(tab, "document.querySelector('#operations-claims-listClaims').offsetHeight >= 1000");
        await tab.ReadAsync("document.querySelector('#operations-claims-listClaims').scrollIntoView()");
        Assert.Equal("true", await tab.ReadAsync("document.querySelector('button.execute').getBoundingClientRect().bottom <= innerHeight"));
        Assert.InRange(int.Parse(await tab.ReadAsync("document.querySelector('#operations-claims-listClaims').offsetHeight")), 1_000, 7_500);
        Assert.Equal("true", await tab.ReadAsync("document.documentElement.scrollWidth <= innerWidth"));
        await tab.SizeAsync(390, 844);
        Assert.Equal("390", await tab.ReadAsync("document.documentElement.clientWidth"));
        await tab.SizeAsync(1280, 900);
    }

    async Task AxeFindsNothing(Tab tab)
    {
        var axe = new BundledAxeScriptProvider().GetScript();
        var all = new List<string>();
        foreach (var (page, scheme) in new[]
        {
            (Late, "light"), (Late, "dark"), ("/?group_by=item&as_of=5/3/2024", "light"), ("/", "light"), ("/perimeters/washington-2024", "light"), ("/commitments", "light"), ("/commitments/6", "dark"),
                ("/claims?q=patriot", "dark"),
            ("/donors/DEU", "light"), ("/claims/6", "light"), ("/articles/1", "light"), ("/donors/nobody", "light"), ("/embed?recipient=UKR", "light"),
        })
        {
            await tab.MediaAsync("screen", scheme);
            await OpenAsync(tab, page);
            await tab.SendAsync("Runtime.evaluate", new { expression = axe });
            var found = await tab.ReadAsync(
                "(await axe.run()).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' | ')).join('\\n')");
            if (found.Length > 0) all.Add($"{page}, {scheme}: {found}");
        }
        Assert.Empty(string.Join("\n", all));
        await tab.MediaAsync("screen", "light");
    }

    async Task NoScriptOfASourceRuns(Tab tab)
    {
        using var admin = new HttpClient
        {
            BaseAddress = new(_service!.Address),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) }
        };
        var loaded = await admin.PostAsync("/v1/claims?create_missing=true", Case.Json(
            """
            {"article_url":"https://example.org/x","article_title":"<img src=x id=evil>","article_published_on":"2024-01-01","kind":"pledge",
             "donors":["<b id=evil>Fiends</b>"],"recipient":"UKR","items":["iris-t"],"unit":"system","quantity_low":20,
             "quote":"<script>document.title='evil'</script>"}
            """, "application/json"), Cancel);
        Assert.True(loaded.IsSuccessStatusCode, await loaded.Content.ReadAsStringAsync(Cancel));
        foreach (var page in new[] { "/?as_of=2024-02-01", "/claims?sort=-recorded_at", "/articles" })
        {
            await OpenAsync(tab, page);
            Assert.Equal("true", await tab.ReadAsync("document.getElementById('evil') === null && document.title !== 'evil'"));
            Assert.Equal("true", await tab.ReadAsync("[...document.links].every(a => /^https?:$/.test(a.protocol))"));
        }
        await OpenAsync(tab, "/claims?sort=-recorded_at");
        Assert.Contains("<script>document.title", await tab.ReadAsync("document.querySelector('main').innerText"));
    }

    Task OpenAsync(Tab tab, string page) => tab.GoAsync(_service!.Address + page);

    static async Task EventuallyAsync(Tab tab, string condition)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await tab.ReadAsync(condition) == "true") return;
            await Task.Delay(50, Cancel);
        }
        Assert.Fail("never: " + condition);
    }
}
