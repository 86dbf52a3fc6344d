using System.CommandLine;
using System.Text.Json;

namespace Facts.Cli;

/// <summary><c>facts verify</c>: has the service compute everything from the claims, and shows where what it keeps differs.</summary>
internal static class VerifyCommand
{
    public const string Examples = "  facts verify";

    public static Command Make()
    {
        var command = new Command("verify", "Compare what the service keeps with what its claims amount to");
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var server = new Server(Settings.From(parsed));
        var found = JsonSerializer.Deserialize<Answer>(await server.GetTextAsync(server.Address("v1/verification", []), cancel), Problem.Wire)!;
        foreach (var difference in found.Differences) Console.Out.WriteLine(difference);
        if (found.Count > found.Differences.Count) Console.Out.WriteLine($"… and {found.Count - found.Differences.Count} more");
        Console.Out.WriteLine(found.Count == 0 ? "what is kept is what the claims amount to" : $"{found.Count} difference(s) between what is kept and what the claims amount to");
        return found.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    sealed record Answer(IReadOnlyList<string> Differences, int Count);
}
