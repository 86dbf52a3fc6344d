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

/// <summary>What the web server refuses before any middleware: through a socket, since a client would not send it.</summary>
public sealed class BareErrorTests
{
    [Theory]
    [InlineData("GET /v1/parties/%00 HTTP/1.1\r\nHost: a", 400, "bad_request")]
    [InlineData("GET /v1/parties/a%00b HTTP/1.1\r\nHost: a", 400, "bad_request")]
    [InlineData("GET /\u0001 HTTP/1.1\r\nHost: a", 404, "not_found")]
    [InlineData("GET /v1/parties/é HTTP/1.1\r\nHost: a", 400, "bad_request")]
    [InlineData("GET /v1/parties/%zz HTTP/1.1\r\nHost: a", 404, "not_found")]
    [InlineData("GET / HTTP/1.1", 400, "bad_request")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b", 400, "bad_request")]
    [InlineData("GE(T / HTTP/1.1\r\nHost: a", 400, "bad_request")]
    [InlineData("hello", 400, "bad_request")]
    [InlineData("GET /?a={9000} HTTP/1.1\r\nHost: a", 414, "uri_too_long")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: {40000}", 431, "headers_too_large")]
    public async Task A_request_that_the_server_itself_refuses_gets_a_problem(string request, int status, string code)
    {
        foreach (var length in new[] { 9_000, 40_000 }) request = request.Replace($"{{{length}}}", new string('a', length));
        var (head, body) = await SendAsync(request + "\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", head);
        Assert.Contains("Content-Type: application/problem+json", head);
        Assert.Contains("Cache-Control: no-store", head);
        if (!head.Contains("chunked", StringComparison.Ordinal)) Assert.Contains($"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n", head);
        var problem = JsonDocument.Parse(body[body.IndexOf('{')..(body.LastIndexOf('}') + 1)]).RootElement;
        Assert.Equal((status, code), (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()));
        foreach (var member in new[] { "type", "title", "detail", "instance", "trace_id" }) Assert.NotEqual("", problem.GetProperty(member).GetString());
    }

    [Fact]
    public async Task A_good_answer_without_a_body_is_not_changed() =>
        Assert.Equal("", (await SendAsync("GET /empty HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).Body);

    static async Task<(string Head, string Body)> SendAsync(string request)
    {
        var cancel = TestContext.Current.CancellationToken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting().AddFactsHttp().AddSingleton(AdminKey.From(HttpApp.Key));
        await using var app = builder.Build();
        app.UseFactsHttp();
        app.MapGet("/empty", () => Results.Ok());
        await app.StartAsync(cancel);
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", new Uri(app.Urls.Single()).Port, cancel);
        await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), cancel);
        using var reader = new StreamReader(socket.GetStream());
        var parts = (await reader.ReadToEndAsync(cancel)).Split("\r\n\r\n", 2);
        return (parts[0] + "\r\n", parts[1]);
    }
}
