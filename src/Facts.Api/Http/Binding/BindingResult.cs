namespace Facts.Api.Http;

/// <summary>A wire record with what was wrong in reading it, and the wire names of the members that were there (a merge patch needs them).</summary>
internal sealed record BindingResult<T>(T Value, IReadOnlyList<ProblemError> Errors, IReadOnlySet<string> Given);
