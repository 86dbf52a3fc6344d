namespace Facts.EmbeddedPostgres;

/// <summary>The exit code and the output of a program that has ended.</summary>
sealed record Answer(int Code, string Output, string Error)
{
    /// <summary>Both outputs, trimmed, as one text for a message.</summary>
    public string Text => string.Join('\n', new[] { Error.Trim(), Output.Trim() }.Where(text => text.Length > 0));
}
