using System.Text.Json.Serialization;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>What a load did. A refused one is a problem too, with these members beside the usual ones.</summary>
internal sealed record ImportReport
{
    public required long Id { get; init; }

    /// <summary><c>done</c>; <c>refused</c> where nothing was written; <c>checked</c> for a dry run.</summary>
    public required string State { get; init; }

    public required int RowsRead { get; init; }
    public required int RowsCreated { get; init; }
    public required int RowsUpdated { get; init; }
    public required int RowsUnchanged { get; init; }
    public required int RowsFailed { get; init; }
    public int Percent { get; init; } = 100;
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }
    public bool DryRun { get; init; }

    /// <summary>The first hundred, by row.</summary>
    public required IReadOnlyList<ProblemError> Errors { get; init; }

    /// <summary>What was accepted and looks odd: the first hundred, by row.</summary>
    public required IReadOnlyList<ProblemError> Warnings { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Type { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Title { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? Status { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Detail { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Instance { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Code { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TraceId { get; init; }
}
