using System.Text.Json;

namespace Facts.Cli;

/// <summary>What a load did, or how far it is.</summary>
internal sealed record ImportReport
{
    public long? Id { get; init; }
    public required string State { get; init; }
    public long RowsRead { get; init; }
    public long RowsCreated { get; init; }
    public long RowsUpdated { get; init; }
    public long RowsUnchanged { get; init; }
    public long RowsFailed { get; init; }

    /// <summary>Claims of the file's articles that the file no longer holds, where something was to become of them.</summary>
    public long RowsDropped { get; init; }

    public decimal? Percent { get; init; }

    /// <summary>When it came in, by the service's clock.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed, or was refused as a whole.</summary>
    public string? Reason { get; init; }

    public IReadOnlyList<ProblemError>? Errors { get; init; }
    public IReadOnlyList<ProblemError>? Warnings { get; init; }
    public string? ErrorsUrl { get; init; }
    public JsonElement? Effect { get; init; }

    /// <summary>The first hundred of those dropped.</summary>
    public IReadOnlyList<DroppedClaim>? Dropped { get; init; }

    /// <summary>Whether it was ended before its rows were judged: stopped, or failed for a reason of the service's own.</summary>
    public bool WasEnded => State is "cancelled" or "failed" && RowsFailed == 0 && Errors is not { Count: > 0 };

    public int ExitCode => WasEnded ? Cli.ExitCode.CannotRun : RowsFailed > 0 || State is not ("done" or "checked") ? Cli.ExitCode.Refused : Cli.ExitCode.Done;

    /// <summary>The report where the text is one, also where it stands within a problem.</summary>
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

    /// <summary>Errors and warnings to the error output, what was done to the standard output.</summary>
    public void Write(string file)
    {
        foreach (var error in Errors ?? []) Console.Error.WriteLine(error.InFile(file));
        if (RowsFailed > Errors?.Count) Console.Error.WriteLine($"{file}: {Errors.Count} of the errors are shown; --errors FILE saves all {RowsFailed} refused rows");
        foreach (var warning in Warnings ?? []) Console.Error.WriteLine("warning: " + warning.InFile(file));
        Console.Out.WriteLine($"{file}: {RowsRead} rows: {RowsCreated} created, {RowsUpdated} updated, {RowsUnchanged} unchanged, {RowsFailed} failed{(RowsDropped > 0 ? $", {RowsDropped} dropped" : "")}{Ending}");
        WriteDropped(file);
        if (Effect is { } effect) EffectTable.Write(effect, isStored: State != "checked");
    }

    void WriteDropped(string file)
    {
        if (Dropped is not { Count: > 0 } dropped) return;
        foreach (var claim in dropped.Take(DroppedClaim.Shown)) Console.Out.WriteLine($"{file}: {claim}");
        if (RowsDropped <= DroppedClaim.Shown) return;
        Console.Out.WriteLine($"{file}: … and {RowsDropped - DroppedClaim.Shown} more{WhereDropped(dropped)}");
    }

    /// <summary>The question that finds them all: what a load recorded or ended, it did while it ran.</summary>
    string WhereDropped(IReadOnlyList<DroppedClaim> dropped)
    {
        if (State != "done") return "";
        var (which, when) = dropped.Any(d => d.Change == "withdrawn") ? ("superseded_by__isnull=true", "superseded_at") : ("kind=cancellation", "recorded_at");
        return $"; facts export claims {which} {when}__gte={StartedAt?.UtcDateTime:O} {when}__lte={FinishedAt?.UtcDateTime:O} gives all that were {(when == "superseded_at" ? "withdrawn" : "cancelled")}";
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
