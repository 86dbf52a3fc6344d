using Microsoft.AspNetCore.Http.Features;

namespace Facts.Api.Http;

/// <summary>What holds for every request before and after its endpoint: methods, CORS, Vary, and a body for every bare error.</summary>
internal static class Plumbing
{
    static readonly object Head = new();

    const string Exposed = "ETag, Link, Location, RateLimit, Retry-After";

    /// <summary>Whether the caller asked with HEAD: the body goes nowhere, and need not be made.</summary>
    public static bool IsHead(HttpContext http) => http.Items.ContainsKey(Head);

    /// <summary>Anybody may read from any page; no page may write. Set as the answer starts, since an error clears headers.</summary>
    public static Task Cors(HttpContext http, RequestDelegate next)
    {
        var (request, response) = (http.Request, http.Response);
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            response.OnStarting(() =>
            {
                response.Headers.AccessControlAllowOrigin = "*";
                response.Headers.AccessControlExposeHeaders = Exposed;
                response.Headers.Vary = "Accept, Accept-Encoding";
                return Task.CompletedTask;
            });
        var wanted = request.Headers.AccessControlRequestMethod.ToString();
        if (!HttpMethods.IsOptions(request.Method) || wanted.Length == 0) return next(http);
        if (HttpMethods.IsGet(wanted) || HttpMethods.IsHead(wanted))
        {
            response.Headers.AccessControlAllowOrigin = "*";
            response.Headers.AccessControlAllowMethods = "GET, HEAD";
            response.Headers.AccessControlAllowHeaders = "Accept, If-None-Match, Last-Event-ID";
            response.Headers.AccessControlMaxAge = "86400";
        }
        response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>HEAD runs as GET with the body thrown away.</summary>
    public static async Task HeadAsGet(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }
        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Items[Head] = true;
        http.Request.Method = HttpMethods.Get;
        http.Features.Set<IHttpResponseBodyFeature>(new NoBody(body));
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
            http.Features.Set(body);
        }
    }

    /// <summary>OPTIONS on a path that is there is 204 with Allow; TRACE is never done; Allow tells of HEAD and OPTIONS too.</summary>
    public static async Task Methods(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsTrace(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = "GET, HEAD, OPTIONS";
            return;
        }
        await next(http);
        if (http.Response.StatusCode != StatusCodes.Status405MethodNotAllowed || http.Response.HasStarted) return;
        var allowed = http.Response.Headers.Allow.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().Order().ToList();
        if (allowed.Contains("GET")) allowed.Insert(allowed.IndexOf("GET") + 1, "HEAD");
        http.Response.Headers.Allow = string.Join(", ", allowed.Append("OPTIONS").Distinct());
        if (HttpMethods.IsOptions(http.Request.Method)) http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>A problem for every error that comes without a body.</summary>
    public static Task BareError(HttpContext http)
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

    sealed class NoBody(IHttpResponseBodyFeature body) : StreamResponseBodyFeature(Stream.Null)
    {
        public override Task StartAsync(CancellationToken cancel = default) => body.StartAsync(cancel);
    }
}
