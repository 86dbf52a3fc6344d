namespace Facts.Cli;

/// <summary>A command could not run: no service, an invalid key, a wrong option. Ends the program with exit code 2; the message is for a person.</summary>
internal sealed class CommandException(string message, Exception? inner = null) : Exception(message, inner);
