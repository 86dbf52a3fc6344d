namespace Facts;

/// <summary>A rule that made a fact, or a link, what it is.</summary>
/// <param name="Rule">The rule in one word, such as <c>most_publishers</c>.</param>
/// <param name="Text">The same in a sentence about this fact.</param>
public sealed record Reason(string Rule, string Text);
