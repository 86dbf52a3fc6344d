namespace Facts.Api.Http;

/// <summary>Carries a problem to the one exception handler, from places that cannot return it.</summary>
internal class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
