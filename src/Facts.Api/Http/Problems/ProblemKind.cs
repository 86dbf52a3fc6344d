namespace Facts.Api.Http;

/// <summary>A kind of error: a line in <see cref="Problems"/>, and an entry in docs/errors.md.</summary>
/// <param name="Code">Name on the wire. It never changes, so that clients can rely on it.</param>
/// <param name="Status">The HTTP status of an answer with this error alone.</param>
/// <param name="Title">Title, equal for all errors of this kind.</param>
internal sealed record ProblemKind(string Code, int Status, string Title)
{
    /// <summary>The entry of this code in the documentation, as a reference relative to the service's address (RFC 9457, section 3.1.1).</summary>
    public string Type => "/docs/errors#" + Code;

    /// <summary>A problem of this kind that concerns the request as a whole.</summary>
    public Problem Because(string detail) => new(this, detail, []);

    /// <summary>A problem of this kind at one place of the request.</summary>
    public Problem At(ProblemError error) => new(this, error.Message, [error with { Code = Code }]);
}
