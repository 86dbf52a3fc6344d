namespace Facts.Cli;

/// <summary>What a command ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Some of it was refused, or differences were found.</summary>
    public const int Refused = 1;

    public const int CannotRun = 2;
}
