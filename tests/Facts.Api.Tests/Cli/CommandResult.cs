namespace Facts.Api.Tests.Cli;

/// <summary>What a run of the command line left.</summary>
public sealed record CommandResult(int Code, string Output, string Error);
