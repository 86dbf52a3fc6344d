namespace Facts.EmbeddedPostgres;

/// <summary>What a program said when it ended.</summary>
sealed record Answer(int Code, string Output, string Error)
{
    /// <summary>Both outputs, trimmed, as one text for a message.</summary>
    public string Said => string.Join('\n', new[] { Error.Trim(), Output.Trim() }.Where(text => text.Length > 0));
}
