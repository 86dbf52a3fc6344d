using System.Runtime.CompilerServices;

namespace Facts.Api.Tests.Contract;

/// <summary>The OpenAPI document in the repository, so that a change of the interface is a change one can read.</summary>
public sealed class CommittedDocumentTests(SampledService service) : IClassFixture<SampledService>
{
    const string Rewrite = "FACTS_WRITE_OPENAPI";

    [Fact]
    public async Task The_committed_document_is_the_one_the_service_serves()
    {
        var cancel = TestContext.Current.CancellationToken;
        var served = (await service.Anonymous.GetStringAsync("/openapi/v1.json", cancel)).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable(Rewrite) is { Length: > 0 }) await File.WriteAllTextAsync(Place(), served, cancel);
        var committed = (await File.ReadAllTextAsync(Place(), cancel)).ReplaceLineEndings("\n");
        var (ours, theirs) = (committed.Split('\n'), served.Split('\n'));
        var line = ours.Zip(theirs).TakeWhile(p => p.First == p.Second).Count();
        Assert.True(committed == served,
            $"src/Facts.Api/openapi.json differs from what the service serves, from line {line + 1} on:\n- {ours.ElementAtOrDefault(line)}\n+ {theirs.ElementAtOrDefault(line)}\n" +
            $"Write it anew and commit it:\n{Rewrite}=1 dotnet test --project tests/Facts.Api.Tests -- --filter-class \"*{nameof(CommittedDocumentTests)}\"");
    }

    [Fact]
    public void The_document_is_light() => Assert.InRange(new FileInfo(Place()).Length, 1, 500_000);

    static string Place([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Facts.Api", "openapi.json"));
}
