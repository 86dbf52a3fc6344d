using System.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;

namespace Facts.Api.Http;

/// <summary>
/// An error as it is answered: <c>application/problem+json</c> (RFC 9457), one shape for every status. A problem reaches the caller
/// by one of five ways:
/// <list type="bullet">
/// <item>An endpoint returns it. A method that only checks, such as <see cref="Conditional.MayChange"/>, returns it too, or null if all is well.</item>
/// <item>
/// A method that reads one thing of a request returns <c>(X? X, Problem? Problem)</c>: for example <see cref="JsonBody.BindAsync"/>. The thing can be used if
/// the problem is null. Use this form if the endpoint is the caller, or adds errors of its own; a larger result has a property <c>Problem</c>.
/// </item>
/// <item>
/// Several values may be wrong at once: the method fills a list of <see cref="ProblemError"/>, and <see cref="From"/> puts the list into one answer.
/// </item>
/// <item>Errors of the query string go to <see cref="Parameters.Fail"/>. It collects them for <see cref="Parameters.Problem"/>.</item>
/// <item>
/// <see cref="ProblemException"/> is thrown only where the way back is long: below a transaction that must roll back, or below the stream of a file.
/// </item>
/// </list>
/// Any other exception is a mistake of the service and is answered with 500. A variable that holds a problem is named <c>problem</c>.
/// </summary>
internal sealed record Problem(ProblemKind Kind, string Detail, IReadOnlyList<ProblemError> Errors) : IResult
{
    /// <summary>Headers of the answer, such as Allow or Retry-After.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public Problem With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };

    /// <summary>
    /// Puts all errors of a request into one answer. If they are of one kind, the answer is of that kind. Otherwise syntax (400) goes before
    /// meaning (422), because the caller has to correct the syntax first.
    /// </summary>
    /// <param name="errors">The errors to list.</param>
    /// <param name="count">Number of all errors, if not all of them are listed.</param>
    public static Problem From(IReadOnlyList<ProblemError> errors, int? count = null)
    {
        var kinds = errors.Select(e => Problems.Find(e.Code)).Distinct().ToList();
        var kind = kinds is [var only] ? only
            : kinds.All(k => k.Status != StatusCodes.Status400BadRequest) ? Problems.ValidationFailed
            : errors.Any(e => e.Parameter is not null) ? Problems.InvalidParameters : Problems.InvalidBody;
        return new(kind, count > errors.Count ? $"{count} things are wrong; errors has the first {errors.Count}."
            : errors.Count == 1 ? errors[0].Message : $"{errors.Count} things are wrong; see errors.", errors);
    }

    /// <summary>The problem with its first errors only. The detail then says how many there are.</summary>
    public Problem WithAtMost(int errors) => Errors.Count <= errors ? this
        : this with { Errors = [.. Errors.Take(errors)], Detail = $"{Errors.Count} things are wrong; errors has the first {errors}." };

    /// <summary>Sets the status and the headers of the answer.</summary>
    public void Begin(HttpResponse response)
    {
        response.StatusCode = Kind.Status;
        // An ETag that was set belongs to the answer that was not given.
        response.Headers.Remove("ETag");
        foreach (var (name, value) in Headers) response.Headers[name] = value;
        response.Headers.CacheControl = "no-store";
    }

    public Task ExecuteAsync(HttpContext http)
    {
        Begin(http.Response);
        return http.Response.WriteAsJsonAsync(ToWire(http), Json.Options, "application/problem+json", http.RequestAborted);
    }

    public ProblemWire ToWire(HttpContext http) => new(
        Kind.Type, Kind.Title, Kind.Status, Detail, SecretText.Mask(UriHelper.BuildRelative(http.Request.PathBase, http.Request.Path)),
        Kind.Code, Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier, Errors);
}
