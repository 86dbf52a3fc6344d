using Facts.Api.Database;

namespace Facts.Api.Http;

/// <summary>
/// Answers a question whose database fell silent while it was asked. The driver cannot end its wait (<see cref="Heartbeat"/>), so the question itself waits
/// until the database answers. It runs in a context of its own, whose response is revoked then.
/// </summary>
internal sealed class SilenceMiddleware(RequestDelegate next, Heartbeat heartbeat, TimeProvider clock, IHttpContextAccessor accessor)
{
    /// <summary>Time between two looks at the database while a question is not answered. With the look it is less than two seconds.</summary>
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    public Task InvokeAsync(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? AskAsync(http) : next(http);

    async Task AskAsync(HttpContext http)
    {
        var response = new RevocableResponse(http.Features);
        var question = new DefaultHttpContext(response.Features) { RequestServices = http.RequestServices };
        accessor.HttpContext = question;
        var asking = next(question);
        do
        {
            await asking.WaitAsync(Interval, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (asking.IsCompleted || response.HasStarted)
            {
                await asking;
                return;
            }
        }
        while (!await IsSilentAsync() || !response.TryRevoke());

        // The server takes no further request from this connection before the question ends.
        if (HttpProtocol.IsHttp11(http.Request.Protocol)) http.Response.Headers.Connection = "close";
        http.SetEndpoint(question.GetEndpoint());
        await ProblemPage.AnswerAsync(http, ProblemExceptionHandler.Problem(new TimeoutException()));
        await http.Response.CompleteAsync();
        await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task<bool> IsSilentAsync()
    {
        try
        {
            await heartbeat.CheckAsync(CancellationToken.None);
            return false;
        }
        catch (TimeoutException)
        {
            return true;
        }
        catch (Exception)
        {
            // The database cannot be reached at all. The question finds that out by itself.
            return false;
        }
    }
}
