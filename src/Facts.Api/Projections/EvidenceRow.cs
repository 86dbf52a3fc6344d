using System.Text.Json;
using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Projections;

/// <summary>A claim as evidence of a fact, with its quote and its article.</summary>
internal sealed record EvidenceRow
{
    /// <summary>Number of the claim.</summary>
    public required long Id { get; init; }

    public required string ExternalId { get; init; }

    /// <summary>What it says happened or should happen.</summary>
    public required ClaimKind Kind { get; init; }

    /// <summary>Of a pledge: how binding it is.</summary>
    public required Firmness? Firmness { get; init; }

    /// <summary>Of a delivery: how far it has come.</summary>
    public required Stage? Stage { get; init; }

    /// <summary>When it was said (EDTF).</summary>
    public required string StatedOn { get; init; }

    /// <summary>Of a delivery: when it reached its stage (EDTF).</summary>
    public required string? HappenedOn { get; init; }

    /// <summary>Deadline (EDTF).</summary>
    public required string? DueOn { get; init; }

    /// <summary>Least it can be, inclusive; null where unspecified.</summary>
    public required decimal? QuantityLow { get; init; }

    /// <summary>Most it can be, inclusive; null where unspecified or without bound.</summary>
    public required decimal? QuantityHigh { get; init; }

    /// <summary>How the number was reported.</summary>
    public required QuantityQualifier QuantityQualifier { get; init; }

    /// <summary>What the number counts.</summary>
    public required QuantityBasis QuantityBasis { get; init; }

    /// <summary>The words of the source.</summary>
    public required string? QuantityText { get; init; }

    /// <summary>What is counted.</summary>
    public required string? Unit { get; init; }

    /// <summary>The exact passage.</summary>
    public required string? Quote { get; init; }

    /// <summary>What stands before it.</summary>
    public required string? QuotePrefix { get; init; }

    /// <summary>What stands after it.</summary>
    public required string? QuoteSuffix { get; init; }

    /// <summary>Who says so.</summary>
    public required string? Claimant { get; init; }

    /// <summary>How the claimant is named.</summary>
    public required Attribution? Attribution { get; init; }

    /// <summary>An editor's word on it.</summary>
    public required Rank Rank { get; init; }

    /// <summary>Free text.</summary>
    public required string? Note { get; init; }

    /// <summary>Number of the article.</summary>
    public required long ArticleId { get; init; }

    /// <summary>Address of the article.</summary>
    public required string? ArticleUrl { get; init; }

    /// <summary>The loader's own id of the article.</summary>
    public required string? ArticleExternalId { get; init; }

    /// <summary>Title of the article.</summary>
    public required string? ArticleTitle { get; init; }

    /// <summary>Who published it.</summary>
    public required string? ArticlePublisher { get; init; }

    /// <summary>When it was published (EDTF).</summary>
    public required string? ArticlePublishedOn { get; init; }

    /// <summary>The claims with these numbers, by stated day.</summary>
    public static Task<IReadOnlyList<EvidenceRow>> ReadByClaimsAsync(FactsContext database, long[] claims, CancellationToken cancel) =>
        ReadAsync(database, claims, [], cancel);

    /// <summary>The claims of these articles that are not superseded, by stated day.</summary>
    public static Task<IReadOnlyList<EvidenceRow>> ReadByArticlesAsync(FactsContext database, long[] articles, CancellationToken cancel) =>
        ReadAsync(database, [], articles, cancel);

    static async Task<IReadOnlyList<EvidenceRow>> ReadAsync(FactsContext database, long[] claims, long[] articles, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Projections", "evidence"), cancel, new("claims", claims), new("articles", articles));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var claimRows = new List<EvidenceRow>();
        while (await reader.ReadAsync(cancel)) claimRows.Add(JsonSerializer.Deserialize<EvidenceRow>(reader.GetString(0), Json.Options)!);
        return claimRows;
    }
}
