using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.FactLists;

/// <summary>The claims of a commitment and of its deliveries up to a day, in order, each with its effect.</summary>
internal sealed record CommitmentHistory(long Id, string? Key, DateOnly AsOf, DateTimeOffset KnownAt, IReadOnlyList<HistoryLine> Items)
{
    public static async Task<IResult> AnswerAsync(
        HttpContext http, string id, FactsContext database, CatalogueCache catalogues, Computation computation, TimeProvider clock, CancellationToken cancel)
    {
        if (await Conditional.FreshAsync(http, cancel, clock.Today.ToString("O")) is { } notModified) return notModified;
        var (history, other) = await ReadAsync(http, Parameters.From(http), id, database, catalogues, computation, clock, cancel);
        return history is null ? other! : CommitmentHistorySchema.Fields.ToJsonResult(history, StatusCodes.Status200OK);
    }

    /// <summary>The history of a commitment; else the redirect to the commitment that took over, or the problem of a commitment that there is not.</summary>
    public static async Task<(CommitmentHistory? History, IResult? Other)> ReadAsync(HttpContext http, Parameters parameters, string id,
        FactsContext database, CatalogueCache catalogues, Computation computation, TimeProvider clock, CancellationToken cancel)
    {
        if (!ResourceId.TryParse(id, out var number)) return (null, NotFound(id));
        var asOf = parameters.Day("as_of") ?? clock.Today;
        var knownAt = parameters.Instant("known_at");
        var items = (await catalogues.ReadAsync(http, cancel)).Tree;
        await computation.BeginAsync(cancel);
        var resolution = await HistoricalFacts.ResolveAroundClaimAsync(database, number, new ClaimSelection(knownAt), items, cancel);
        // A commitment that is stated only after the day has no history yet.
        var stated = Balance.States(resolution, new EvaluationOptions(asOf)).Commitments.Select(c => c.Commitment).ToList();
        if (stated.Find(c => c.Id == number) is not { } commitment)
        {
            var redirect = await FactRedirect.FindAsync(database, number, FactKind.Commitment, items, cancel);
            return (null, redirect.FindSuccessor(stated) is { } successor
                ? Results.Redirect($"/v1/commitments/{successor.Id}/history{http.Request.QueryString}", permanent: true, preserveMethod: true)
                : NotFound(id));
        }
        var entries = History.Build(resolution, commitment, asOf);
        var evidence = (await EvidenceRow.ReadByClaimsAsync(database, [.. entries.Select(e => e.Claim.Id)], cancel)).ToDictionary(e => e.Id);
        var lines = entries.Select(e => HistoryLine.From(e, evidence[e.Claim.Id]));
        return (new CommitmentHistory(commitment.Id, commitment.Key, asOf, knownAt ?? clock.GetUtcNow(), [.. lines]), null);
    }

    static Problem NotFound(string id) => Problems.NotFound.Because($"there is no commitment '{id}'");
}
