namespace Facts.Cli;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>The service refused at least one row, or <c>verify</c> found a difference.</summary>
    public const int Refused = 1;

    /// <summary>The command could not run: see <see cref="CommandException"/>.</summary>
    public const int CannotRun = 2;
}
