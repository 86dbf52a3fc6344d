using System.Runtime.CompilerServices;
using Facts.Api.Tests.Hosting;

namespace Facts.Api.Tests.Pages;

/// <summary>The README's picture of the page.</summary>
public sealed class PictureTests(Databases databases)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary><c>FACTS_WRITE_SCREENSHOT=1</c> writes <c>src/docs/page.png</c>, to be committed.</summary>
    [Fact]
    public async Task The_picture_in_the_readme_is_small_and_can_be_taken_again()
    {
        var picture = Path.Combine(Root(), "src", "docs", "page.png");
        if (Environment.GetEnvironmentVariable("FACTS_WRITE_SCREENSHOT") is { Length: > 0 })
        {
            Assert.True(Browser.IsHere, "FACTS_WRITE_SCREENSHOT needs Chromium");
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
                ["Facts__AdminKey"] = "a-key-of-the-tests-0123456789",
                ["Facts__Sample"] = "true",
            }, []);
            await service.AnswersAsync();
            await using var browser = await Browser.StartAsync();
            var tab = await browser.OpenAsync();
            await tab.SizeAsync(1180, 940);
            await tab.GoAsync(service.Address + "/?recipient=UKR&as_of=2025-01-01");
            await File.WriteAllBytesAsync(picture, await tab.PictureAsync(), Cancel);
        }
        finally
        {
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
    }

    static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
