using System.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;

namespace Facts.Api.Http;

/// <summary>One sort of error: a line in <see cref="Problems"/> and in the README's table.</summary>
/// <param name="Code">Its wire name, which clients may switch on.</param>
/// <param name="Status">The HTTP status it is answered with when it stands alone.</param>
/// <param name="Title">The same for every occurrence.</param>
internal sealed record ProblemKind(string Code, int Status, string Title)
{
    /// <summary>An occurrence with nothing more precise to point at.</summary>
    public Problem Because(string detail) => new(this, detail, []);

    /// <summary>An occurrence at one place.</summary>
    public Problem At(ProblemError error) => new(this, error.Message, [error with { Code = Code }]);
}

/// <summary>One thing that is wrong, and where: a JSON pointer, a parameter, or a row and column of a load.</summary>
internal sealed record ProblemError
{
    public string? Pointer { get; init; }
    public string? Parameter { get; init; }

    /// <summary>The line of the file, from 1, or the number of a JSON array's element, from 1; null outside of loads.</summary>
    public int? Row { get; init; }
    public string? Column { get; init; }
    public required string Code { get; init; }
    public required string Message { get; init; }

    /// <summary>What was sent, cut to 200 characters; null where nothing was or where it is a secret.</summary>
    public string? Value { get; init => field = Cut(value); }

    /// <summary>The nearest thing that would be accepted.</summary>
    public string? Suggestion { get; init; }

    public static ProblemError InBody(ProblemKind kind, string? pointer, string message, string? value = null, string? suggestion = null) =>
        new() { Code = kind.Code, Pointer = pointer, Message = message, Value = value, Suggestion = suggestion };

    public static ProblemError InQuery(ProblemKind kind, string parameter, string message, string? value = null, string? suggestion = null) =>
        new() { Code = kind.Code, Parameter = parameter, Message = message, Value = value, Suggestion = suggestion };

    // A surrogate pair is not cut in two: half of one cannot be written as UTF-8.
    static string? Cut(string? text) =>
        text is { Length: > 200 } ? text[..(char.IsHighSurrogate(text[199]) ? 199 : 200)] + "…" : text;
}

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

/// <summary>Carries a problem to the one exception handler, from places that cannot return it.</summary>
internal class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
