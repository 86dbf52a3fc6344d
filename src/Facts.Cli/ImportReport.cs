using System.Text.Json;

namespace Facts.Cli;

/// <summary>The report of an import, finished or still running.</summary>
internal sealed record ImportReport
{
    public long? Id { get; init; }
    public required string State { get; init; }
    public long RowsRead { get; init; }
    public long RowsCreated { get; init; }
    public long RowsUpdated { get; init; }
    public long RowsUnchanged { get; init; }
    public long RowsFailed { get; init; }

    /// <summary>Claims of the file's articles that are missing in the file; counted unless <c>missing</c> is <c>keep</c>.</summary>
    public long RowsDropped { get; init; }

    public decimal? Percent { get; init; }

    /// <summary>Instant at which the import arrived, by the service's clock.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null while the import runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Reason why the import failed or was refused as a whole; else null.</summary>
    public string? Reason { get; init; }

    public IReadOnlyList<ProblemError>? Errors { get; init; }
    public IReadOnlyList<ProblemError>? Warnings { get; init; }
    public string? ErrorsUrl { get; init; }
    public JsonElement? Effect { get; init; }

    /// <summary>The parties and items that the import created; null from an older service.</summary>
    public CreatedNames? Created { get; init; }

    /// <summary>The first 100 dropped claims.</summary>
    public IReadOnlyList<DroppedClaim>? Dropped { get; init; }

    /// <summary>True if the import ended before its rows were checked: it was cancelled, or failed for a reason of the service.</summary>
    public bool WasEnded => State is "cancelled" or "failed" && RowsFailed == 0 && Errors is not { Count: > 0 };

    public int ExitCode => WasEnded ? Cli.ExitCode.CannotRun : RowsFailed > 0 || State is not ("done" or "checked") ? Cli.ExitCode.Refused : Cli.ExitCode.Done;

    /// <summary>Parses a report, also one inside a problem; null if the text has none.</summary>
    public static ImportReport? From(string text)
    {
        try
        {
            using var answer = JsonDocument.Parse(text);
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("state", out _)
                ? answer.RootElement.Deserialize<ImportReport>(Problem.Wire)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Prints errors and warnings to the error output, and the result to the standard output.</summary>
    public void Write(string file)
    {
        foreach (var error in Errors ?? []) Console.Error.WriteLine(error.InFile(file));
        if (RowsFailed > Errors?.Count)
            Console.Error.WriteLine($"{file}: only {Errors.Count} errors are shown; --errors FILE saves all {RowsFailed} refused rows");
        foreach (var warning in Warnings ?? []) Console.Error.WriteLine("warning: " + warning.InFile(file));
        Console.Out.WriteLine($"{file}: {RowsRead} rows: {RowsCreated} created, {RowsUpdated} updated, {RowsUnchanged} unchanged, "
            + $"{RowsFailed} failed{(RowsDropped > 0 ? $", {RowsDropped} dropped" : "")}{Ending}");
        WriteDropped(file);
        Created?.Write(file, isStored: State != "checked");
        if (Effect is { } effect) EffectTable.Write(effect, isStored: State != "checked");
    }

    void WriteDropped(string file)
    {
        if (Dropped is not { Count: > 0 } dropped) return;
        foreach (var claim in dropped.Take(DroppedClaim.Shown)) Console.Out.WriteLine($"{file}: {claim}");
        if (RowsDropped <= DroppedClaim.Shown) return;
        Console.Out.WriteLine($"{file}: … and {RowsDropped - DroppedClaim.Shown} more{WhereDropped(dropped)}");
    }

    /// <summary>The command that lists all dropped claims. An import records and ends claims only between its start and its end.</summary>
    string WhereDropped(IReadOnlyList<DroppedClaim> dropped)
    {
        if (State != "done") return "";
        var (which, when) = dropped.Any(d => d.Change == "withdrawn") ? ("superseded_by__isnull=true", "superseded_at") : ("kind=cancellation", "recorded_at");
        return $"; facts export claims {which} {when}__gte={StartedAt?.UtcDateTime:O} {when}__lte={FinishedAt?.UtcDateTime:O} "
            + $"gives all that were {(when == "superseded_at" ? "withdrawn" : "cancelled")}";
    }

    string Because => Reason is null ? "" : ": " + Reason;

    string Ending => State switch
    {
        "done" => "",
        "checked" => "; only checked, nothing is written",
        "refused" => $"; nothing is written{Because}",
        _ => $"; {State}{Because}",
    };
}
