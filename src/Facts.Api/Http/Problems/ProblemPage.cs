using Microsoft.AspNetCore.Diagnostics;

namespace Facts.Api.Http;

/// <summary>Metadata of an endpoint that people open in a browser: its failures are answered as a page, and not as JSON.</summary>
/// <param name="WriteAsync">Writes the page.</param>
internal sealed record ProblemPage(Func<HttpContext, Problem, Task> WriteAsync)
{
    /// <summary>Answers a failure of an endpoint: by its page where it has one and the caller is a browser, else as JSON.</summary>
    public static Task AnswerAsync(HttpContext http, Problem problem)
    {
        // The exception handler has taken the endpoint away.
        var endpoint = http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint();
        var isBrowser = http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        return isBrowser && endpoint?.Metadata.GetMetadata<ProblemPage>() is { } page
            ? page.WriteAsync(http, problem) : problem.ExecuteAsync(http);
    }
}
