using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Facts.Api.Access;
using Facts.Api.Http;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Facts.Api.Tests.Http;

/// <summary>A small service made of the plumbing alone: promises in memory, listed, read and posted.</summary>
internal sealed class HttpApp : IAsyncDisposable
{
    public const string Key = "fct_0123456789abcdefghijklmn";

    readonly WebApplication _app;

    HttpApp(WebApplication app) => _app = app;

    public static async Task<HttpApp> StartAsync(IEnumerable<Promise>? rows = null, params (string Name, string Value)[] settings)
    {
        var promises = (rows ?? Promise.Some).ToList();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        builder.Services.AddRouting().AddFactsHttp().AddFactsAccess();
        builder.Services.AddSingleton(AdminKey.From(Key));
        builder.Services.AddSingleton<IStoreReader, MemoryStore>();
        builder.Services.AddScoped<IValidator<PromiseRequest>, PromiseRequest.Validator>();
        var app = builder.Build();
        app.UseFactsHttp();
        app.UseFactsAccess();
        app.MapGet("/v1/promises", (HttpContext http, CancellationToken ct) => Promise.Fields.AnswerAsync(http, r => promises.AsQueryable(), ct))
            .WithOperation(Promise.Fields, new("listPromises", "promises", "Promises"));
        app.MapGet("/v1/promises/{id}", (string id, HttpContext http) =>
                promises.Find(p => p.Id.ToString() == id) is { } found ? Promise.Fields.Item(http, found, 3)
                : Problems.NotFound.Because("there is no such promise"))
            .WithOperation(new("getPromise", "promises", "One promise") { Answer = Promise.Fields.Shape() }).ValidatesParameters().ReadsSnapshot();
        app.MapPost("/v1/promises", async (HttpContext http, IValidator<PromiseRequest> validator, CancellationToken ct) =>
            {
                var read = await JsonBody.ReadAsync(http, ct, validator);
                if (read.Problem is { } problem) return problem;
                return Promise.Fields.Created(http,
                    new Promise { Id = 99, Title = read.Value!.Title!, Donors = [.. read.Value.Donors ?? []], Amount = read.Value.Amount }, 1,
                    "/v1/promises/99");
            })
            .Requires(KeyScope.Contribute)
            .WithOperation(new("createPromise", "promises", "Add a promise") { Body = typeof(PromiseRequest), Answer = Promise.Fields.Shape(), Status = 201 })
            .ValidatesParameters();
        app.MapPatch("/v1/promises/{id}", (HttpContext http) => Conditional.MayChange(http, 3) is { } problem ? problem : Results.NoContent())
            .Requires(KeyScope.Contribute);
        app.MapGet("/v1/breaking", (HttpContext http, CancellationToken ct) => Promise.Fields.AnswerAsync(http, (_, _) => Task.FromResult(
            new ListSource<Promise>(promises.AsQueryable())
            {
                Complete = (rows, _) => rows[0].Id > 1 ? throw new IOException("half way")
                : Task.CompletedTask
            }), ct));
        app.MapGet("/v1/fault", IResult () => throw new InvalidOperationException("select secret from claims"));
        app.MapGet("/v1/down",
            IResult () => throw new InvalidOperationException("outer", new Npgsql.NpgsqlException("connect", new System.Net.Sockets.SocketException())));
        await app.StartAsync();
        return new HttpApp(app);
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _app.GetTestClient().SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> PostAsync(string json, string? type = "application/json") => PostAsync(Encoding.UTF8.GetBytes(json), type);

    public Task<HttpResponseMessage> PostAsync(byte[] bytes, string? type = "application/json")
    {
        var body = new ByteArrayContent(bytes);
        if (type is not null) body.Headers.TryAddWithoutValidation("Content-Type", type);
        return SendAsync("POST", "/v1/promises", body, ("Authorization", "Bearer " + Key));
    }

    public async Task<JsonElement> GetAsync(string path) => await JsonOf(await SendAsync("GET", path));

    public static async Task<JsonElement> JsonOf(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    /// <summary>Status, code, and each error as <c>place: code</c>.</summary>
    public static async Task<string> Summary(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await JsonOf(response);
        foreach (var member in new[] { "type", "title", "status", "detail", "instance", "code", "trace_id", "errors" })
            Assert.True(problem.TryGetProperty(member, out _), member);
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        var errors = problem.GetProperty("errors").EnumerateArray()
            .Select(e => $"{e.GetProperty("pointer").GetString() ?? e.GetProperty("parameter").GetString()}: {e.GetProperty("code").GetString()}");
        return $"{(int)response.StatusCode} {problem.GetProperty("code").GetString()} [{string.Join(", ", errors)}]";
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
