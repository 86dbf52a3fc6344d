using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Facts.Api.Access;
using Facts.Api.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Facts.Api.Tests.Http;

/// <summary>Requests that an HTTP client would not send, through a socket.</summary>
public sealed class MalformedRequestTests
{
    [Theory]
    [InlineData("GET /v1/parties/%00 HTTP/1.1\r\nHost: a", 400)]
    [InlineData("GET /v1/parties/a%00b HTTP/1.1\r\nHost: a", 400)]
    [InlineData("GET /v1/parties/é HTTP/1.1\r\nHost: a", 400)]
    [InlineData("GET / HTTP/1.1", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b", 400)]
    [InlineData("GE(T / HTTP/1.1\r\nHost: a", 400)]
    [InlineData("hello", 400)]
    [InlineData("GET /?a={9000} HTTP/1.1\r\nHost: a", 414)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: {40000}", 431)]
    public async Task Malformed_HTTP_is_refused_by_the_web_server_without_a_body(string request, int status)
    {
        foreach (var length in new[] { 9_000, 40_000 }) request = request.Replace($"{{{length}}}", new string('a', length));
        var (head, body) = await SendAsync(request);
        Assert.StartsWith($"HTTP/1.1 {status} ", head);
        Assert.Equal("", body);
    }

    [Theory]
    [InlineData("GET /\u0001 HTTP/1.1\r\nHost: a")]
    [InlineData("GET /v1/parties/%zz HTTP/1.1\r\nHost: a")]
    public async Task A_strange_path_that_reaches_a_route_gets_a_problem(string request)
    {
        var (head, body) = await SendAsync(request);
        Assert.StartsWith("HTTP/1.1 404 ", head);
        Assert.Contains("Content-Type: application/problem+json", head);
        Assert.Contains("Cache-Control: no-store", head);
        var problem = JsonDocument.Parse(body[body.IndexOf('{')..(body.LastIndexOf('}') + 1)]).RootElement;
        Assert.Equal((404, "not_found"), (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()));
        foreach (var member in new[] { "type", "title", "detail", "instance", "trace_id" }) Assert.NotEqual("", problem.GetProperty(member).GetString());
    }

    [Fact]
    public async Task A_good_answer_without_a_body_stays_as_it_is() => Assert.Equal("", (await SendAsync("GET /empty HTTP/1.1\r\nHost: a")).Body);

    static async Task<(string Head, string Body)> SendAsync(string request)
    {
        var cancel = TestContext.Current.CancellationToken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting().AddFactsHttp().AddFactsAccess().AddSingleton(AdminKey.From(HttpApp.Key));
        await using var app = builder.Build();
        app.UseFactsHttp();
        app.UseFactsAccess();
        app.MapGet("/empty", () => Results.Ok());
        await app.StartAsync(cancel);
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", new Uri(app.Urls.Single()).Port, cancel);
        await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request + "\r\nConnection: close\r\n\r\n"), cancel);
        using var reader = new StreamReader(socket.GetStream());
        var parts = (await reader.ReadToEndAsync(cancel)).Split("\r\n\r\n", 2);
        return (parts[0] + "\r\n", parts[1]);
    }
}
