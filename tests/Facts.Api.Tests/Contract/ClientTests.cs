using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace Facts.Api.Tests.Contract;

/// <summary>
/// Tools that read the document, and the descriptions of the data. Each generated client compiles with a small program, which asks for balances, stores a
/// pledge, finds it by comparisons, and is refused once.
/// </summary>
public sealed class ClientTests(ListeningService service) : IClassFixture<ListeningService>
{
    static readonly string Repository = Find();
    static readonly string Document = Path.Combine(Repository, "src", "Facts.Api", "openapi.json");
    static readonly string Programs = Path.Combine(Repository, "tests", "Facts.Api.Tests", "Contract", "Clients");

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_of_NSwag_keeps_every_digit()
    {
        var settings = new CSharpClientGeneratorSettings { ClassName = "FactsClient", UseBaseUrl = false, GenerateOptionalParameters = true };
        settings.CSharpGeneratorSettings.Namespace = "NSwagClient";
        // Otherwise a member that is left out would be sent as 0.
        settings.CSharpGeneratorSettings.GenerateOptionalPropertiesAsNullable = true;
        var document = await OpenApiDocument.FromJsonAsync(await File.ReadAllTextAsync(Document, Cancel), Cancel);
        var client = new CSharpClientGenerator(document, settings).GenerateFile();
        Assert.Equal(["5 committed", "123456789012345.6789 Committed", "1 found", "unknown_party"], await UseAsync("NSwagUse.cs", [client]));
    }

    [Fact]
    public async Task A_client_of_Kiota_keeps_every_digit()
    {
        var folder = Directory.CreateTempSubdirectory("facts-kiota-").FullName;
        try
        {
            await RunAsync(Repository, "dotnet", "tool", "restore");
            await RunAsync(Repository, "dotnet", "kiota", "generate", "--language", "CSharp", "--openapi", Document, "--output", folder,
                "--class-name", "FactsClient", "--namespace-name", "KiotaClient", "--log-level", "Error",
                "--serializer", "Microsoft.Kiota.Serialization.Json.JsonSerializationWriterFactory",
                "--deserializer", "Microsoft.Kiota.Serialization.Json.JsonParseNodeFactory");
            var client = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
            Assert.Equal(["5 committed", "123456789012345.6789 Committed", "1 found", "unknown_party"], await UseAsync("KiotaUse.cs", client));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_client_of_openapi_typescript_compiles_and_asks()
    {
        var folder = await NodeFolderAsync();
        await RunAsync(folder, "node", "node_modules/openapi-typescript/bin/cli.js", Document, "--output", "facts.d.ts");
        await RunAsync(folder, "node", "node_modules/typescript/bin/tsc", "--strict", "--target", "es2022", "--module", "nodenext", "use.ts");
        var found = await RunAsync(folder, "node", "use.js", service.Address.GetLeftPart(UriPartial.Authority), FactsService.Key);
        Assert.Equal(["5 committed", "98765.4321 committed", "1 found", "unknown_party"], found.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Spectral_finds_nothing_in_the_documents_of_3_1_and_3_0()
    {
        var folder = await NodeFolderAsync();
        foreach (var name in new[] { "v1", "v1-3.0" })
            await File.WriteAllTextAsync(Path.Combine(folder, name + ".json"), await service.Anonymous.GetStringAsync($"/openapi/{name}.json", Cancel), Cancel);
        await RunAsync(folder, "node", "node_modules/@stoplight/spectral-cli/dist/index.js", "lint", "v1.json", "v1-3.0.json", "--ruleset", "spectral.json",
            "--fail-severity", "warn");
    }

    /// <summary>The processor is in its safe mode: a member that says nothing in JSON-LD is an error.</summary>
    [Fact]
    public async Task A_JSON_LD_processor_reads_the_catalogue_without_fetching_anything()
    {
        var said = await TriplesAsync(await service.Anonymous.GetStringAsync("/dcat.jsonld", Cancel));
        var id = service.Anonymous.BaseAddress + "dcat.jsonld";
        Assert.Contains($"<{id}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Catalog> .", said);
        var sets = Objects(said, $"<{id}>", "http://www.w3.org/ns/dcat#dataset");
        Assert.Equal(["balances", "claims", "commitments", "deliveries", "requests"], sets.Select(s => s.Split('#')[1].TrimEnd('>')).Order());
        foreach (var set in sets)
        {
            Assert.Single(Objects(said, set, "http://purl.org/dc/terms/modified"), d => d.EndsWith("<http://www.w3.org/2001/XMLSchema#dateTime>"));
            var period = Assert.Single(Objects(said, set, "http://purl.org/dc/terms/temporal"));
            Assert.Equal("\"2025-11-02\"^^<http://www.w3.org/2001/XMLSchema#date>", Assert.Single(Objects(said, period, "http://www.w3.org/ns/dcat#endDate")));
            var files = Objects(said, set, "http://www.w3.org/ns/dcat#distribution");
            Assert.Equal(5, files.Count);
            foreach (var file in files)
            {
                var address = Assert.Single(Objects(said, file, "http://www.w3.org/ns/dcat#accessURL")).Trim('<', '>');
                var answer = await service.Anonymous.GetAsync(address, Cancel);
                Assert.True(answer.IsSuccessStatusCode, address);
                Assert.Equal($"<https://www.iana.org/assignments/media-types/{answer.Content.Headers.ContentType?.MediaType}>",
                    Assert.Single(Objects(said, file, "http://www.w3.org/ns/dcat#mediaType")));
                // No setting names a licence here.
                Assert.Empty(Objects(said, file, "http://purl.org/dc/terms/license"));
            }
        }
    }

    [Fact]
    public async Task A_JSON_LD_processor_reads_the_description_of_the_page()
    {
        var html = await service.Anonymous.GetStringAsync("/", Cancel);
        var said = await TriplesAsync(html.Split("application/ld+json\">")[1].Split("</script>")[0]);
        var set = Assert.Single(said, l => l.EndsWith("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/Dataset> .")).Split(' ')[0];
        Assert.Equal("\"Air defence for Ukraine\"", Assert.Single(Objects(said, set, "http://schema.org/name")));
        Assert.EndsWith("/2025-11-02\"", Assert.Single(Objects(said, set, "http://schema.org/temporalCoverage")));
        Assert.Equal(3, Objects(said, set, "http://schema.org/distribution").Count);
    }

    /// <summary>The statements of a JSON-LD document, as lines of N-Quads.</summary>
    static async Task<string[]> TriplesAsync(string document)
    {
        var folder = await NodeFolderAsync();
        var file = Path.Combine(folder, Guid.NewGuid().ToString("N") + ".jsonld");
        await File.WriteAllTextAsync(file, document, Cancel);
        return (await RunAsync(folder, "node", "triples.js", file)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    static List<string> Objects(string[] statements, string subject, string predicate) =>
        [.. from statement in statements
            let start = $"{subject} <{predicate}> "
            where statement.StartsWith(start, StringComparison.Ordinal)
            select statement[start.Length..^2]];

    /// <summary>A folder with the packages for Node. It stays with the build, so that they are fetched once.</summary>
    static async Task<string> NodeFolderAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "node")).FullName;
        foreach (var file in new[] { "package.json", "spectral.json", "triples.js", "use.ts" })
            File.Copy(Path.Combine(Programs, file), Path.Combine(folder, file), overwrite: true);
        try
        {
            await RunAsync(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--prefer-offline");
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no npm here: neither Spectral nor a client in TypeScript was tried");
        }
        return folder;
    }

    async Task<string[]> UseAsync(string program, IEnumerable<string> client)
    {
        var options = new CSharpParseOptions(documentationMode: DocumentationMode.None, preprocessorSymbols: ["NETCOREAPP3_1_OR_GREATER", "NET5_0_OR_GREATER"]);
        var sources = client.Append(await File.ReadAllTextAsync(Path.Combine(Programs, program), Cancel));
        var compilation = CSharpCompilation.Create(Path.GetFileNameWithoutExtension(program),
            sources.AsParallel().Select(s => CSharpSyntaxTree.ParseText(s, options)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        Assert.Empty(compilation.Emit(assembly, cancellationToken: Cancel).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5));
        var run = Assembly.Load(assembly.ToArray()).GetType("Use")!.GetMethod("RunAsync")!.CreateDelegate<Func<HttpClient, Task<string[]>>>();
        return await run(service.Admin);
    }

    /// <summary>Runs a program that must succeed, and returns what it writes.</summary>
    static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["KIOTA_OFFLINE_ENABLED"] = "true", ["KIOTA_CLI_TELEMETRY_OPTOUT"] = "true", ["DOTNET_NOLOGO"] = "true" },
        })!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await output}{await error}");
            return await output;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
