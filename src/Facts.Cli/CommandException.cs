namespace Facts.Cli;

/// <summary>What was asked for could not be done at all: no service, a bad key, a wrong option. Exit code 2; the message is for a person.</summary>
internal sealed class CommandException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What a command ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Some of it was refused, or differences were found.</summary>
    public const int Refused = 1;

    public const int CannotRun = 2;
}
