using System.Text.Json;

namespace Facts.Api.Tests.Catalogue;

/// <summary>Edits the catalogue as a caller does and gives short forms of the answers.</summary>
sealed class Editor(HttpClient api)
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>Status, ETag and body; of a refusal its code, and each error's pointer and message.</summary>
    public async Task<string> AsksAsync(string method, string path, string? body = null, string? ifMatch = "*")
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : Case.Json(body, "application/json") };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var answer = await api.SendAsync(request, Cancel);
        var content = await Case.ReadAsync(answer);
        if (answer.IsSuccessStatusCode)
            return $"{(int)answer.StatusCode} {Case.VersionIn(answer.Headers.ETag?.Tag)}{(answer.Headers.Location is { } location ? " " + location : "")} {content}";
        var errors = content.GetProperty("errors").EnumerateArray()
            .Select(e => $"{e.GetProperty("pointer")} {e.GetProperty("code")}: {e.GetProperty("message")}").ToList();
        return $"{(int)answer.StatusCode} {content.GetProperty("code")} {(errors.Count == 0 ? content.GetProperty("detail").GetString() : string.Join("; ", errors))}";
    }

    public async Task<JsonElement> ReadsAsync(string path) => JsonDocument.Parse(await api.GetStringAsync(path, Cancel)).RootElement;

    /// <summary>Does it, whatever the version.</summary>
    public async Task DoesAsync(string method, string path, string body, string? ifMatch = "*")
    {
        var answer = await AsksAsync(method, path, body, ifMatch);
        Assert.StartsWith("20", answer);
    }

    /// <summary>The last change: its kind, the things it touched, and the number of balances it moved.</summary>
    public async Task<string> LastChangeAsync()
    {
        var change = (await ReadsAsync("/v1/changes?sort=-sequence&limit=1")).GetProperty("items")[0];
        return $"{change.GetProperty("kind")} {string.Join(", ", change.GetProperty("resources").EnumerateArray().Select(t => $"{t.GetProperty("type")} {t.GetProperty("id")} {t.GetProperty("action")}"))} {change.GetProperty("balances_moved")}";
    }
}
