namespace Facts.Api.Http;

/// <summary>Carries a problem to the exception handler from below a transaction, which rolls back on the way, or from below the stream of a file.</summary>
internal class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
