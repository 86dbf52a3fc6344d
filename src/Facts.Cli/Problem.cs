using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Facts.Cli;

/// <summary>An error answer of the service (RFC 9457).</summary>
internal sealed record Problem(int Status, string? Title, string? Detail, string? Code, string? TraceId, IReadOnlyList<ProblemError>? Errors)
{
    public static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    public static async Task<Problem> ReadAsync(HttpResponseMessage answer, CancellationToken cancel) =>
        answer.Headers.Location is { } moved && (int)answer.StatusCode is >= 300 and < 400
            ? new((int)answer.StatusCode, null, $"the service has moved to {moved}; give that as --server", null, null, null)
            : From(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));

    public static Problem From(HttpStatusCode status, string text)
    {
        try
        {
            if (JsonSerializer.Deserialize<Problem>(text, Wire) is { Code: not null } problem) return problem with { Status = (int)status };
        }
        catch (JsonException)
        {
            // The text is not from Facts, so only the status is used.
        }
        return new((int)status, null, "the answer is not from a Facts service; perhaps a proxy sent it", null, null, null);
    }

    /// <summary>The detail; several errors follow, each on its own line.</summary>
    public override string ToString()
    {
        var detail = Errors is [var only] ? only.ToString() : Detail ?? Title;
        if (Status == (int)HttpStatusCode.Unauthorized) detail += "; the key comes from --key, --key-file, FACTS_KEY or a config file";
        var lines = Errors is { Count: > 1 } ? string.Concat(Errors.Select(e => $"\n  {e}")) : "";
        return $"{detail} ({string.Join(", ", new[] { $"{Status}", Code }.OfType<string>())}){lines}";
    }
}
