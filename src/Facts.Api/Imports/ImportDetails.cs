using System.Text.Json;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>What is told of a load beside its numbers.</summary>
internal sealed record ImportDetails
{
    /// <summary>As many as are told of each; the errors are all kept elsewhere.</summary>
    public const int MaxErrors = 100;

    public IReadOnlyList<ProblemError> Errors { get; init; } = [];
    public int ErrorCount { get; init; }
    public IReadOnlyList<ProblemError> Warnings { get; init; } = [];
    public int WarningCount { get; init; }
    public IReadOnlyList<DroppedClaim> Dropped { get; init; } = [];
    public ImportEffect Effect { get; init; } = new(0, []);

    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);
}
