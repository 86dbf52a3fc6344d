using Facts.Api.Database;
using Microsoft.AspNetCore.Http.Features;

namespace Facts.Api.Http;

/// <summary>
/// Answers a question whose database fell silent while it was asked. The driver cannot end its wait (<see cref="Heartbeat"/>), so the question itself waits
/// until the database answers, and its late answer is discarded.
/// </summary>
internal sealed class SilenceMiddleware(RequestDelegate next, Heartbeat heartbeat, TimeProvider clock)
{
    /// <summary>Time between two looks at the database while a question is not answered. With the look it is less than two seconds.</summary>
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    public Task InvokeAsync(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? AskAsync(http) : next(http);

    async Task AskAsync(HttpContext http)
    {
        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var asking = next(http);
        while (true)
        {
            await asking.WaitAsync(Interval, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (asking.IsCompleted || http.Response.HasStarted) break;
            if (!await IsSilentAsync() || http.Response.HasStarted) continue;
            // Whatever was to pack or keep the answer of the question has no part in this one.
            http.Features.Set(body);
            http.Response.Clear();
            await ProblemExceptionHandler.Problem(new TimeoutException()).ExecuteAsync(http);
            await http.Response.CompleteAsync();
            await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }
        await asking;
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
