using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.FactLists;

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
        var parameters = Parameters.From(http);
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
