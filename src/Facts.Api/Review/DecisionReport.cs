namespace Facts.Api.Review;

/// <summary>What became of decisions that were sent together.</summary>
/// <param name="Read">How many were sent.</param>
/// <param name="Created">Recorded now.</param>
/// <param name="Unchanged">In force here already.</param>
/// <param name="LeftOut">Undone where they come from, or about claims that count no more there.</param>
internal sealed record DecisionReport(int Read, int Created, int Unchanged, int LeftOut);
