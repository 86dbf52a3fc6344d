using System.Net;
using Facts.Api.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Facts.Api.Tests.Http;

/// <summary>A response that can be taken away, on a real server.</summary>
public sealed class RevocableResponseTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_response_that_has_begun_is_sent_whole_and_cannot_be_revoked()
    {
        var (answer, isRevoked) = await AskAsync(async (http, _) => await WriteAsync(http), revokesAfter: true);

        Assert.False(isRevoked);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(["kept"], answer.Headers.GetValues("X-Header"));
        Assert.Equal(["kept"], answer.Headers.GetValues("X-Late"));
        Assert.Equal("the question's", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_response_without_a_body_has_its_status_and_headers()
    {
        var (answer, _) = await AskAsync((http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            http.Response.Headers["X-Header"] = "kept";
            return Task.CompletedTask;
        }, revokesAfter: false);

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Equal(["kept"], answer.Headers.GetValues("X-Header"));
    }

    [Fact]
    public async Task Nothing_of_a_revoked_response_is_sent()
    {
        var (answer, isRevoked) = await AskAsync(async (http, revoke) =>
        {
            http.Response.Headers["X-Early"] = "lost";
            revoke();
            Assert.False(http.Response.HasStarted);
            await WriteAsync(http);
            await http.Response.CompleteAsync();
        }, revokesAfter: false);

        Assert.True(isRevoked);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, h => h.Key.StartsWith("X-", StringComparison.Ordinal));
        Assert.Equal("the other's", await answer.Content.ReadAsStringAsync(Cancel));
    }

    static async Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.Headers["X-Header"] = "kept";
        http.Response.OnStarting(() =>
        {
            http.Response.Headers["X-Late"] = "kept";
            return Task.CompletedTask;
        });
        await http.Response.Body.WriteAsync("the "u8.ToArray(), Cancel);
        await http.Response.WriteAsync("question's", Cancel);
    }

    /// <summary>Asks a server whose question may revoke its own response. If it is revoked, the server answers in its place.</summary>
    static async Task<(HttpResponseMessage Answer, bool IsRevoked)> AskAsync(Func<HttpContext, Action, Task> question, bool revokesAfter)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        var isRevoked = false;
        app.Run(async http =>
        {
            var response = new RevocableResponse(http.Features);
            await question(new DefaultHttpContext(response.Features), () => isRevoked = response.TryRevoke());
            if (revokesAfter) isRevoked = response.TryRevoke();
            if (!isRevoked) return;
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await http.Response.WriteAsync("the other's");
        });
        await app.StartAsync(Cancel);
        using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        return (await client.GetAsync("/", Cancel), isRevoked);
    }
}
