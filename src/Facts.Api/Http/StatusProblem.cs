namespace Facts.Api.Http;

/// <summary>Gives a problem as the body to every error that has none, such as the 404 of a path without an endpoint.</summary>
internal static class StatusProblem
{
    public static Task WriteAsync(HttpContext http)
    {
        var kind = Problems.ForStatus(http.Response.StatusCode);
        var detail = http.Response.StatusCode switch
        {
            404 => "there is nothing at this path; /openapi/v1.json lists what there is",
            405 => $"{http.Request.Method} is not offered here; Allow lists what is",
            _ => kind.Title.ToLowerInvariant(),
        };
        return kind.Because(detail).ExecuteAsync(http);
    }
}
