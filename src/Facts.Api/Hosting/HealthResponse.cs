namespace Facts.Api.Hosting;

/// <summary>The answer of a probe.</summary>
/// <param name="Status"><c>alive</c> or <c>ready</c>.</param>
internal sealed record HealthResponse(string Status);
