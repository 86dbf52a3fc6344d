namespace Facts;

/// <summary>The exact passage of an article, with the words before and after it (a W3C TextQuoteSelector).</summary>
public sealed record Quote(string Exact, string? Prefix, string? Suffix);
