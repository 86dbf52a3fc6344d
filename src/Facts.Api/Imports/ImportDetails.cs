using System.Text.Json;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>Errors, warnings, dropped claims and effect of an import, as stored with its counts.</summary>
internal sealed record ImportDetails
{
    /// <summary>Length of each list. All errors are in the table `import_errors` too.</summary>
    public const int MaxErrors = 100;

    public IReadOnlyList<ProblemError> Errors { get; init; } = [];
    public int ErrorCount { get; init; }
    public IReadOnlyList<ProblemError> Warnings { get; init; } = [];
    public int WarningCount { get; init; }
    public IReadOnlyList<DroppedClaim> Dropped { get; init; } = [];
    public CreatedNames Created { get; init; } = CreatedNames.None;
    public ImportEffect Effect { get; init; } = new(0, []);

    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);
}
