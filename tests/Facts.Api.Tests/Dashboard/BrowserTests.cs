using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Facts.Api.Tests.Hosting;

namespace Facts.Api.Tests.Dashboard;

/// <summary>The page in Chromium, if the machine has one: the text a reader sees after its script has run.</summary>
public sealed class BrowserTests(Databases databases)
{
    static readonly string? Chromium = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(d => new[] { "chromium", "chromium-browser", "google-chrome" }, Path.Combine).FirstOrDefault(File.Exists);

    const string Key = "a-key-of-the-tests-0123456789";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_dashboard_shows_intervals_and_sources_and_runs_no_script_of_a_source()
    {
        if (Chromium is null)
        {
            TestContext.Current.SendDiagnosticMessage("There is no Chromium here: the page was not opened.");
            return;
        }
        var directory = Path.Combine(Path.GetTempPath(), "facts-page-" + Guid.NewGuid().ToString("N"));
        try
        {
            await using var service = new RunningService(new Dictionary<string, string>
            {
                ["ConnectionStrings__Facts"] = await databases.NewDatabaseAsync(),
                ["Facts__DataDirectory"] = directory,
                ["Facts__AdminKey"] = Key,
                ["Facts__Sample"] = "true",
            }, []);
            await service.AnswersAsync();
            using var admin = new HttpClient
            {
                BaseAddress = new(service.Address),
                DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) }
            };
            var loaded = await admin.PostAsync("/v1/claims?create_missing=true", Case.Json(
                """{"article_url":"https://example.org/x","article_title":"<img src=x id=evil>","article_published_on":"2024-01-01","kind":"pledge","donors":["<b id=evil>Fiends</b>"],"recipient":"UKR","items":["iris-t"],"unit":"system","quantity_low":20,"quote":"<script>document.title='evil'</script>"}""",
                "application/json"), Cancel);
            Assert.True(loaded.IsSuccessStatusCode, await loaded.Content.ReadAsStringAsync(Cancel));

            var germany = await OpenAsync(directory, service.Address + "/?recipient=UKR&unit=system&as_of=2025-01-01&row=DEU~system");
            Assert.Contains("<h1 id=\"title\">Promised to Ukraine</h1>", germany);
            Assert.Contains("Before the year ends Germany will send another four IRIS-T, differing in range.", germany);
            Assert.Contains("Kyiv Independent, 2024-08-20: <a href=\"https://", germany);
            Assert.Contains("overdue 2", germany);
            Assert.Contains("up to ", germany);
            Assert.Contains("at least 20", germany);
            Assert.Contains("class=\"unknown\">unknown<", germany);
            Assert.Contains("possible endless", germany);

            var fiends = await OpenAsync(directory, service.Address + "/?recipient=UKR&group_by=item&as_of=2025-01-01&row=iris-t~system");
            Assert.Contains("&lt;script&gt;document.title", fiends);
            Assert.DoesNotContain("id=\"evil\"", germany + fiends);
            Assert.DoesNotContain("<title>evil", fiends);
        }
        finally
        {
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Takes the README's picture of the page: <c>FACTS_WRITE_SCREENSHOT=1</c> writes <c>src/docs/page.png</c>, to be committed.</summary>
    [Fact]
    public async Task The_picture_in_the_readme_is_small_and_can_be_taken_again()
    {
        var picture = Path.Combine(Root(), "src", "docs", "page.png");
        if (Environment.GetEnvironmentVariable("FACTS_WRITE_SCREENSHOT") is { Length: > 0 })
        {
            Assert.True(Chromium is not null, "FACTS_WRITE_SCREENSHOT needs Chromium");
            await TakeAsync(picture);
        }
        Assert.InRange(new FileInfo(picture).Length, 10_000, 150_000);
    }

    async Task TakeAsync(string picture)
    {
        var directory = Path.Combine(Path.GetTempPath(), "facts-picture-" + Guid.NewGuid().ToString("N"));
        try
        {
            await using var service = new RunningService(new Dictionary<string, string>
            {
                ["ConnectionStrings__Facts"] = await databases.NewDatabaseAsync(),
                ["Facts__DataDirectory"] = directory,
                ["Facts__AdminKey"] = Key,
                ["Facts__Sample"] = "true",
            }, []);
            await service.AnswersAsync();
            await BrowseAsync(directory, service.Address + "/?recipient=UKR&unit=system&group_by=donor&as_of=2025-01-01&row=DEU~system",
                "--window-size=1180,760", "--hide-scrollbars", "--screenshot=" + picture);
        }
        finally
        {
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
    }

    static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    /// <summary>The document once the page has asked all it asks at its start.</summary>
    static Task<string> OpenAsync(string directory, string address) => BrowseAsync(directory, address, "--dump-dom");

    /// <summary>Runs Chromium to its end and returns its output.</summary>
    static async Task<string> BrowseAsync(string directory, string address, params string[] arguments)
    {
        var start = new ProcessStartInfo(Chromium!,
            ["--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + Path.Combine(directory, "browser"), "--virtual-time-budget=10000",
                .. arguments, address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var browser = Process.Start(start)!;
        var (dom, _) = (browser.StandardOutput.ReadToEndAsync(Cancel), browser.StandardError.ReadToEndAsync(Cancel));
        await browser.WaitForExitAsync(Cancel);
        return await dom;
    }
}
