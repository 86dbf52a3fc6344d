namespace Facts.Api.Http;

/// <summary>A wire record, the errors of reading it, and the wire names of the members that were present (a merge patch needs them).</summary>
internal sealed record BindingResult<T>(T Value, IReadOnlyList<ProblemError> Errors, IReadOnlySet<string> Given);
