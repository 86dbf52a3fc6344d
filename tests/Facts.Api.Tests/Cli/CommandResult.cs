namespace Facts.Api.Tests.Cli;

/// <summary>The exit code and the output of one run of the command line.</summary>
public sealed record CommandResult(int Code, string Output, string Error)
{
    /// <summary>Fails with what the command says, if it ended with another code.</summary>
    public void HasCode(int expected) => Assert.True(Code == expected, $"it ended with {Code} and said: {Error}");
}
