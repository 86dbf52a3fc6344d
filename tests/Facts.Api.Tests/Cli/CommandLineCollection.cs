namespace Facts.Api.Tests.Cli;

/// <summary>One service for all tests of the command line: it takes seconds to start.</summary>
[CollectionDefinition(nameof(CommandLine))]
public sealed class CommandLineCollection : ICollectionFixture<CommandLine>;
