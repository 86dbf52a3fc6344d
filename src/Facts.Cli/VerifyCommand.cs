using System.CommandLine;
using System.Text.Json;

namespace Facts.Cli;

/// <summary><c>facts verify</c>: the service computes everything from the claims, and this prints the differences to the stored results.</summary>
internal static class VerifyCommand
{
    public const string Examples = "  facts verify";

    public static Command Make()
    {
        var command = new Command("verify", "Compute everything from the claims and compare it with the stored results");
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var server = new Server(Settings.From(parsed));
        var found = JsonSerializer.Deserialize<Answer>(await server.GetTextAsync(server.Address("v1/verification", []), cancel), Problem.Wire)!;
        foreach (var difference in found.Differences) Console.Out.WriteLine(difference);
        if (found.Count > found.Differences.Count) Console.Out.WriteLine($"… and {found.Count - found.Differences.Count} more");
        Console.Out.WriteLine(found.Count == 0
            ? "no differences: the stored results equal those computed from the claims"
                : $"{found.Count} difference(s) between the stored results and those computed from the claims");
        return found.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    sealed record Answer(IReadOnlyList<string> Differences, int Count);
}
