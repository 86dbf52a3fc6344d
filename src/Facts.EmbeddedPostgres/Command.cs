using System.ComponentModel;
using System.Diagnostics;

namespace Facts.EmbeddedPostgres;

/// <summary>Runs other programs. Environment variables that would change their behaviour are removed.</summary>
static class Command
{
    /// <summary>
    /// Runs a program to its end. Cancelling kills the program and all its children. Without <paramref name="capture"/> the output is not read:
    /// on Windows a daemon inherits the pipe, so reading would never end.
    /// </summary>
    public static async Task<Answer> RunAsync(
        string program, IEnumerable<string> arguments, string directory, OsAccount? account, CancellationToken cancel, bool capture = true)
    {
        using var process = Start(program, arguments, directory, account, capture);
        process.StandardInput.Close();
        var output = capture ? process.StandardOutput.ReadToEndAsync(CancellationToken.None) : Task.FromResult("");
        var error = capture ? process.StandardError.ReadToEndAsync(CancellationToken.None) : Task.FromResult("");
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return new Answer(process.ExitCode, await output, await error);
    }

    /// <summary>
    /// Starts a program with a pipe to its input. The child process itself changes to another account, so su, runuser and setpriv are not needed.
    /// </summary>
    public static Process Start(string program, IEnumerable<string> arguments, string directory, OsAccount? account, bool capture = true)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = capture,
            RedirectStandardError = capture,
        };
        // PGDATA, PGPORT and similar variables redirect PostgreSQL's programs. A language variable would translate the texts that are parsed here.
        string[] prefixes = ["PG", "LC_"];
        foreach (var name in start.Environment.Keys.Where(name => prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToList())
            start.Environment.Remove(name);
        start.Environment.Remove("LANG");
        start.Environment["LC_ALL"] = "C";
        if (account is not null && !OperatingSystem.IsWindows())
        {
            start.UserName = account.Name;
            start.Environment["HOME"] = directory;
        }
        try
        {
            return Process.Start(start) ?? throw new EmbeddedServerException($"{program} could not be started.");
        }
        catch (Win32Exception refusal)
        {
            throw new EmbeddedServerException($"{program} could not be started: {refusal.Message}", refusal);
        }
    }
}
