namespace Facts;

/// <summary>A rule that produced a fact, a link or a pair of the review queue.</summary>
/// <param name="Rule">Name of the rule, such as <c>most_publishers</c>.</param>
/// <param name="Text">Sentence about this fact that says how the rule applies.</param>
public sealed record Reason(string Rule, string Text);
