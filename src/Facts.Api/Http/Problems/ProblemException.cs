namespace Facts.Api.Http;

/// <summary>Carries a problem to the exception handler from below a transaction, which rolls back on the way.</summary>
internal class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
