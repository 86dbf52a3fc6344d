using System.ComponentModel;
using System.Diagnostics;

namespace Facts.EmbeddedPostgres;

/// <summary>Runs other programs with an environment that cannot change what they do.</summary>
static class Command
{
    /// <summary>
    /// Runs a program to its end; a cancelled one is ended with all that it started. Without <paramref name="capture"/> its output is left alone: on
    /// Windows a daemon would inherit the pipe and keep us reading for ever.
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

    /// <summary>Starts a program with a pipe to its input. As another account the change happens in the child: no su, runuser or setpriv is needed.</summary>
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
        // PGDATA, PGPORT and their like redirect PostgreSQL's programs; a language would translate what we read.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal) || name.StartsWith("LC_", StringComparison.Ordinal)).ToList())
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
