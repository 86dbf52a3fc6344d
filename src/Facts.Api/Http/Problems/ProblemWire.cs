namespace Facts.Api.Http;

/// <summary>What is wrong with a request (RFC 9457).</summary>
/// <param name="Type">Names the kind of error; the code is its last part.</param>
/// <param name="Title">The same for every error of the kind.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What was wrong this time.</param>
/// <param name="Instance">The path that was asked.</param>
/// <param name="Code">Names the kind of error; to be switched on.</param>
/// <param name="TraceId">Finds the request in the service's log.</param>
/// <param name="Errors">Everything that is wrong, each at its place.</param>
internal sealed record ProblemWire(
    string Type, string Title, int Status, string Detail, string Instance, string Code, string TraceId, IReadOnlyList<ProblemError> Errors);
