using System.Text.Json;
using System.Text.Json.Serialization;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>What a load did, or has done so far. A refused one is a problem too, with these members beside the usual ones.</summary>
internal sealed record ImportReport
{
    public required long Id { get; init; }
    public required ImportState State { get; init; }

    /// <summary>Why it failed, or was refused as a whole.</summary>
    public string? Reason { get; init; }

    public required int RowsRead { get; init; }
    public required int RowsCreated { get; init; }
    public required int RowsUpdated { get; init; }
    public required int RowsUnchanged { get; init; }
    public required int RowsFailed { get; init; }

    /// <summary>Claims of the file's articles that the file no longer holds; counted where <c>missing</c> asks for something to become of them.</summary>
    public required int RowsDropped { get; init; }

    public required int Percent { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    public required DateTimeOffset? StartedAt { get; init; }
    public required DateTimeOffset? FinishedAt { get; init; }
    public required ImportOptions Options { get; init; }

    /// <summary>The first hundred, by row.</summary>
    public required IReadOnlyList<ProblemError> Errors { get; init; }

    /// <summary>How many errors there are in all; a row can have several.</summary>
    public required int ErrorCount { get; init; }

    /// <summary>All of them in pages; with <c>format=csv</c> the rows to be mended and sent again.</summary>
    public required string? ErrorsUrl { get; init; }

    /// <summary>What was accepted and looks odd: the first hundred, by row.</summary>
    public required IReadOnlyList<ProblemError> Warnings { get; init; }

    /// <summary>How many warnings there are in all.</summary>
    public required int WarningCount { get; init; }

    /// <summary>The first hundred that were dropped.</summary>
    public required IReadOnlyList<DroppedClaim> Dropped { get; init; }

    public required ImportEffect Effect { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Type { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Title { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? Status { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Detail { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Instance { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Code { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TraceId { get; init; }

    public static ImportReport From(ImportRow row)
    {
        var details = JsonSerializer.Deserialize<ImportDetails>(row.Details, Json.Options)!;
        return new()
        {
            Id = row.Id,
            State = EnumWords.Parse<ImportState>(row.State)!.Value,
            Reason = row.Reason,
            RowsRead = row.RowsRead,
            RowsCreated = row.RowsCreated,
            RowsUpdated = row.RowsUpdated,
            RowsUnchanged = row.RowsUnchanged,
            RowsFailed = row.RowsFailed,
            RowsDropped = row.RowsDropped,
            Percent = row.Percent,
            QueuedAt = row.QueuedAt,
            StartedAt = row.StartedAt,
            FinishedAt = row.FinishedAt,
            Options = JsonSerializer.Deserialize<ImportOptions>(row.Options, Json.Options)!,
            Errors = details.Errors,
            ErrorCount = details.ErrorCount,
            ErrorsUrl = row.RowsFailed > 0 ? $"/v1/imports/{row.Id}/errors" : null,
            Warnings = details.Warnings,
            WarningCount = details.WarningCount,
            Dropped = details.Dropped,
            Effect = details.Effect,
        };
    }
}
