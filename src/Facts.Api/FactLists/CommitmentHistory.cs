using Facts.Api.Catalogue;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.FactLists;

/// <summary>What one claim changed, and how the commitment stood at the end of its day.</summary>
internal sealed record HistoryLine
{
    /// <summary>When (EDTF): of a delivery when it happened, of anything else when it was stated.</summary>
    public required string OccurredOn { get; init; }

    /// <summary>First day of that; null where open.</summary>
    public required DateOnly? OccurredFrom { get; init; }

    /// <summary>Last day of that; null where open.</summary>
    public required DateOnly? OccurredTo { get; init; }

    /// <summary>What the claim is.</summary>
    public required ClaimKind Kind { get; init; }

    /// <summary>What it changed, in short sentences.</summary>
    public required IReadOnlyList<string> Changed { get; init; }

    /// <summary>How far the commitment had come then.</summary>
    public required CommitmentStatus Status { get; init; }

    /// <summary>The deadline then in force (EDTF); null without one.</summary>
    public required string? DueOn { get; init; }

    /// <summary>Committed then: certain; null without a number.</summary>
    public required decimal? CommittedLow { get; init; }

    /// <summary>Committed then: possible; null without bound.</summary>
    public required decimal? CommittedHigh { get; init; }

    /// <summary>Taken back by then: certain.</summary>
    public required decimal? CancelledLow { get; init; }

    /// <summary>Taken back by then: possible; null without bound.</summary>
    public required decimal? CancelledHigh { get; init; }

    /// <summary>Delivered to it by then: certain.</summary>
    public required decimal? DeliveredLow { get; init; }

    /// <summary>Delivered to it by then: possible; null without bound.</summary>
    public required decimal? DeliveredHigh { get; init; }

    /// <summary>Outstanding then: certain; null without a number, or of an intent.</summary>
    public required decimal? OutstandingLow { get; init; }

    /// <summary>Outstanding then: possible; null without bound.</summary>
    public required decimal? OutstandingHigh { get; init; }

    /// <summary>The claim with its quote and article.</summary>
    public required EvidenceRow Claim { get; init; }

    public static HistoryLine From(HistoryEntry entry, EvidenceRow claim) => new()
    {
        OccurredOn = entry.On.Text,
        OccurredFrom = entry.On.From,
        OccurredTo = entry.On.To,
        Kind = entry.Claim.Kind,
        Changed = entry.Texts,
        Status = entry.After.Status,
        DueOn = entry.After.Due?.Text,
        CommittedLow = entry.After.Current?.Low,
        CommittedHigh = entry.After.Current?.High,
        CancelledLow = entry.After.Cancelled.Low,
        CancelledHigh = entry.After.Cancelled.High,
        DeliveredLow = entry.After.Delivered.InOrder().Low,
        DeliveredHigh = entry.After.Delivered.InOrder().High,
        OutstandingLow = entry.After.Outstanding?.Low,
        OutstandingHigh = entry.After.Outstanding?.High,
        Claim = claim,
    };
}

/// <summary>A commitment's timeline.</summary>
internal sealed record CommitmentHistory(long Id, string? Key, DateOnly AsOf, DateTimeOffset KnownAt, IReadOnlyList<HistoryLine> Items)
{
    public static readonly ListSchema<CommitmentHistory> Fields = new ListSchema<CommitmentHistory>("CommitmentHistory")
        .Field("id", h => h.Id, "Number of the commitment.")
        .Field("key", h => h.Key, "The key its claims name it by.")
        .Field("as_of", h => h.AsOf, "The day up to which it is told.")
        .Field("known_at", h => h.KnownAt, "The moment whose knowledge was asked with.")
        .Field("items", h => h.Items, "Its claims and those of what was delivered to it, in order of their days, each with what it changed.");

    public static async Task<IResult> AnswerAsync(HttpContext http, string id, FactsContext database, CatalogueCache catalogues, TimeProvider clock, CancellationToken cancel)
    {
        var parameters = Parameters.Read(http, ListParameters.Time);
        if (parameters.Problem is { } wrong) return wrong;
        var today = clock.Today;
        if (await Conditional.FreshAsync(http, cancel, today.ToString("O")) is { } fresh) return fresh;
        if (!long.TryParse(id, out var number)) return Missing(id);
        var (day, known) = (parameters.Day("as_of") ?? today, parameters.Instant("known_at"));
        var items = (await catalogues.ReadAsync(http, cancel)).Tree;
        var resolution = await HistoricalFacts.ResolveAroundClaimAsync(database, number, new ClaimSelection(known), items, cancel);
        // One that is not stated by the day has no history yet.
        var stated = Balance.States(resolution, new EvaluationOptions(day)).Commitments.Select(c => c.Commitment).ToList();
        if (stated.Find(c => c.Id == number) is not { } commitment)
            return (await FactRedirect.FindAsync(database, number, FactKind.Commitment, items, cancel)).Among(stated) is { } now
                ? Results.Redirect($"/v1/commitments/{now.Id}/history{http.Request.QueryString}", permanent: true, preserveMethod: true)
                : Missing(id);
        var entries = History.Build(resolution, commitment, day);
        var evidence = (await EvidenceRow.ReadByClaimsAsync(database, [.. entries.Select(e => e.Claim.Id)], cancel)).ToDictionary(e => e.Id);
        var answer = new CommitmentHistory(commitment.Id, commitment.Key, day, known ?? clock.GetUtcNow(), [.. entries.Select(e => HistoryLine.From(e, evidence[e.Claim.Id]))]);
        return Fields.ToJsonResult(answer, StatusCodes.Status200OK);
    }

    static Problem Missing(string id) => Problems.NotFound.Because($"there is no commitment '{id}'");
}
