namespace Facts.Cli;

/// <summary>What was asked for could not be done at all: no service, a bad key, a wrong option. Exit code 2; the message is for a person.</summary>
internal sealed class CommandException(string message, Exception? inner = null) : Exception(message, inner);
