namespace Facts.Api.Review;

/// <summary>Result of recording decisions that were sent together.</summary>
/// <param name="Read">Number of decisions sent.</param>
/// <param name="Created">Number of decisions recorded now.</param>
/// <param name="Unchanged">Number of decisions that were in force here already.</param>
/// <param name="LeftOut">Number of decisions left out, because in their own store they were undone or their claims no longer count.</param>
internal sealed record DecisionReport(int Read, int Created, int Unchanged, int LeftOut);
