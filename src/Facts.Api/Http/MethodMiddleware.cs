namespace Facts.Api.Http;

/// <summary>
/// Answers OPTIONS on an existing path with 204 and <c>Allow</c>, and TRACE with 405. Adds HEAD and OPTIONS to <c>Allow</c>, because routing lists
/// only the methods that endpoints declare.
/// </summary>
internal sealed class MethodMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var response = http.Response;
        if (HttpMethods.IsTrace(http.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD, OPTIONS";
            return;
        }
        await next(http);
        if (response.StatusCode != StatusCodes.Status405MethodNotAllowed || response.HasStarted) return;
        var declared = response.Headers.Allow.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var allowed = declared.Distinct().Order().ToList();
        if (allowed.Contains("GET")) allowed.Insert(allowed.IndexOf("GET") + 1, "HEAD");
        response.Headers.Allow = string.Join(", ", allowed.Append("OPTIONS").Distinct());
        if (HttpMethods.IsOptions(http.Request.Method)) response.StatusCode = StatusCodes.Status204NoContent;
    }
}
