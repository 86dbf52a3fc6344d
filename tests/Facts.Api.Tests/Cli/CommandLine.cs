using System.Diagnostics;
using Facts.Api.Tests.Hosting;

namespace Facts.Api.Tests.Cli;

/// <summary>The command line as a user has it: the built program and a running service with the sample data. It works in its own folder.</summary>
public sealed class CommandLine(Databases databases) : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("facts-cli-").FullName;
    RunningService? _service;

    static string Program =>
        Path.Combine(AppContext.BaseDirectory.Replace(Path.Combine("tests", "Facts.Api.Tests"), Path.Combine("src", "Facts.Cli")), "facts.dll");

    public string Key => FactsService.Key;
    public string Address => _service!.Address;
    public string ConnectionString { get; private set; } = "";

    /// <summary>The sample as a file that can be loaded.</summary>
    public static string Sample => Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "src", "Facts.Api", "Imports", "sample.ndjson");

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await databases.NewDatabaseAsync();
        _service = new RunningService(new Dictionary<string, string>
        {
            ["ConnectionStrings__Facts"] = ConnectionString,
            ["Facts__AdminKey"] = Key,
            ["Facts__Sample"] = "true",
        }, []);
        await _service.AnswersAsync();
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string Write(string name, params string[] lines)
    {
        File.WriteAllLines(PathOf(name), lines);
        return name;
    }

    /// <summary>Runs it with the service's address and key in the environment.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) => RunWithAsync(new() { ["FACTS_SERVER"] = Address, ["FACTS_KEY"] = Key }, arguments);

    public Task<CommandResult> RunWithAsync(Dictionary<string, string> environment, params string[] arguments) =>
        StartAsync("dotnet", [Program, .. arguments], environment);

    /// <summary>Runs a line as it is typed into a shell that knows the command <c>facts</c>.</summary>
    /// <remarks>The command is a function of the shell. A script file could not be run while a process that another test starts still holds it open.</remarks>
    public Task<CommandResult> TypeAsync(string line) =>
        StartAsync("sh", ["-c", $"facts() {{ dotnet '{Program}' \"$@\"; }}\n{line}"], new() { ["FACTS_SERVER"] = Address, ["FACTS_KEY"] = Key });

    async Task<CommandResult> StartAsync(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        // The account that runs the tests may have its own config file and key.
        foreach (var name in new[] { "FACTS_SERVER", "FACTS_KEY" }) start.Environment.Remove(name);
        start.Environment["XDG_CONFIG_HOME"] = PathOf("config");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var ended = new CommandResult(process.ExitCode, await output, await error);
        Assert.DoesNotContain(Key, ended.Output + ended.Error);
        return ended;
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null) await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
