namespace Facts.Api.Http;

/// <summary>Error of a request (RFC 9457).</summary>
/// <param name="Type">Address of the entry of this code in the documentation, relative to the service: <c>/docs/errors#unknown_party</c>.</param>
/// <param name="Title">Title of the kind of error, equal for all errors with this code.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">Description of this error.</param>
/// <param name="Instance">Path of the request.</param>
/// <param name="Code">Name of the kind of error. It never changes, so that programs can rely on it.</param>
/// <param name="TraceId">Identifies the request in the log of the service.</param>
/// <param name="Errors">All errors, each with its place in the request.</param>
internal sealed record ProblemWire(
    string Type, string Title, int Status, string Detail, string Instance, string Code, string TraceId, IReadOnlyList<ProblemError> Errors);
