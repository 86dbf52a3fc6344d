using System.Text.Json;
using System.Text.Json.Serialization;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>The report of an import, running or ended. A refused import is reported as a problem that has these members too.</summary>
internal sealed record ImportReport
{
    public required long Id { get; init; }
    public required ImportState State { get; init; }

    /// <summary>Reason for which the import failed or was refused as a whole; null otherwise.</summary>
    public string? Reason { get; init; }

    public required int RowsRead { get; init; }
    public required int RowsCreated { get; init; }
    public required int RowsUpdated { get; init; }
    public required int RowsUnchanged { get; init; }
    public required int RowsFailed { get; init; }

    /// <summary>Claims of the file's articles that the file no longer holds. Always 0 with <c>missing=keep</c>.</summary>
    public required int RowsDropped { get; init; }

    public required int Percent { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    public required DateTimeOffset? StartedAt { get; init; }
    public required DateTimeOffset? FinishedAt { get; init; }
    public required ImportOptions Options { get; init; }

    /// <summary>The first 100 errors, by row.</summary>
    public required IReadOnlyList<ProblemError> Errors { get; init; }

    /// <summary>Number of all errors. A row may have several.</summary>
    public required int ErrorCount { get; init; }

    /// <summary>URL of all errors, in pages. With <c>format=csv</c> it returns the failed rows, to be corrected and sent again.</summary>
    public required string? ErrorsUrl { get; init; }

    /// <summary>The first 100 warnings, by row: rows that were accepted but look wrong.</summary>
    public required IReadOnlyList<ProblemError> Warnings { get; init; }

    /// <summary>Number of all warnings.</summary>
    public required int WarningCount { get; init; }

    /// <summary>The first 100 claims that the file no longer holds.</summary>
    public required IReadOnlyList<DroppedClaim> Dropped { get; init; }

    /// <summary>The parties and items that <c>create_missing</c> created.</summary>
    public required CreatedNames Created { get; init; }

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
            Created = details.Created,
            Effect = details.Effect,
        };
    }
}
