namespace Facts.Api.Tests.Cli;

/// <summary>The exit code and the output of one run of the command line.</summary>
public sealed record CommandResult(int Code, string Output, string Error);
