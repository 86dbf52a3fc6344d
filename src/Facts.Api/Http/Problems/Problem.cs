using System.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;

namespace Facts.Api.Http;

/// <summary>An error as it is answered: <c>application/problem+json</c> (RFC 9457), one shape for every status.</summary>
internal sealed record Problem(ProblemKind Kind, string Detail, IReadOnlyList<ProblemError> Errors) : IResult
{
    /// <summary>Headers that go with it, such as Allow or Retry-After.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public Problem With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };

    /// <summary>
    /// All errors of a request in one answer. Where they are of one kind the answer is of that kind; else syntax (400) goes before
    /// meaning (422), because the caller has to mend that first.
    /// </summary>
    /// <param name="errors">Those that are listed.</param>
    /// <param name="count">How many there are, where not all are listed.</param>
    public static Problem From(IReadOnlyList<ProblemError> errors, int? count = null)
    {
        var kinds = errors.Select(e => Problems.Find(e.Code)).Distinct().ToList();
        var kind = kinds is [var only] ? only
            : kinds.All(k => k.Status != StatusCodes.Status400BadRequest) ? Problems.ValidationFailed
            : errors.Any(e => e.Parameter is not null) ? Problems.InvalidParameters : Problems.InvalidBody;
        return new(kind, count > errors.Count ? $"{count} things are wrong; errors has the first {errors.Count}."
            : errors.Count == 1 ? errors[0].Message : $"{errors.Count} things are wrong; see errors.", errors);
    }

    public Task ExecuteAsync(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = Kind.Status;
        // Set for the answer that did not come.
        response.Headers.Remove("ETag");
        foreach (var (name, value) in Headers) response.Headers[name] = value;
        response.Headers.CacheControl = "no-store";
        return response.WriteAsJsonAsync(ToWire(http), Json.Options, "application/problem+json", http.RequestAborted);
    }

    public ProblemWire ToWire(HttpContext http) => new(
        "urn:facts:problem:" + Kind.Code, Kind.Title, Kind.Status, Detail, UriHelper.BuildRelative(http.Request.PathBase, http.Request.Path),
        Kind.Code, Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier, Errors);
}
