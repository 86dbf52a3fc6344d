using Facts.Api.Database;
using Facts.Api.Http;
using Npgsql;

namespace Facts.Api.Projections;

/// <summary>A claim as evidence of a fact, with its quote and its article.</summary>
internal sealed record EvidenceRow
{
    /// <summary>Number of the claim.</summary>
    public required long Id { get; init; }

    /// <summary>External id of the claim, unique within its article.</summary>
    public required string ExternalId { get; init; }

    /// <summary>Kind of statement: a pledge, a delivery, a request and so on.</summary>
    public required ClaimKind Kind { get; init; }

    /// <summary>Binding force of a pledge; null for other kinds.</summary>
    public required Firmness? Firmness { get; init; }

    /// <summary>Stage of a delivery; null for other kinds.</summary>
    public required Stage? Stage { get; init; }

    /// <summary>Day on which it was stated (EDTF).</summary>
    public required string StatedOn { get; init; }

    /// <summary>Day on which a delivery reached its stage (EDTF); null for other kinds.</summary>
    public required string? HappenedOn { get; init; }

    /// <summary>Deadline of the claim (EDTF); null where there is none.</summary>
    public required string? DueOn { get; init; }

    /// <summary>Smallest possible quantity, inclusive; null where unspecified.</summary>
    public required decimal? QuantityLow { get; init; }

    /// <summary>Largest possible quantity, inclusive; null where unspecified or without upper bound.</summary>
    public required decimal? QuantityHigh { get; init; }

    /// <summary>The way in which the source gave the number: exactly, at least and so on.</summary>
    public required QuantityQualifier QuantityQualifier { get; init; }

    /// <summary>Meaning of the number: an increment, a cumulative total so far, what remains, or a total.</summary>
    public required QuantityBasis QuantityBasis { get; init; }

    /// <summary>The quantity in the words of the source; null where there are none.</summary>
    public required string? QuantityText { get; init; }

    /// <summary>Unit in which the quantity counts; null for an amount without unit.</summary>
    public required string? Unit { get; init; }

    /// <summary>The exact passage of the article; null where there is none.</summary>
    public required string? Quote { get; init; }

    /// <summary>The text immediately before the quote; null where there is none.</summary>
    public required string? QuotePrefix { get; init; }

    /// <summary>The text immediately after the quote; null where there is none.</summary>
    public required string? QuoteSuffix { get; init; }

    /// <summary>The person or body that makes the statement; null where the article names none.</summary>
    public required string? Claimant { get; init; }

    /// <summary>The way in which the article names the claimant, for example by name or anonymously; null where it is not recorded.</summary>
    public required Attribution? Attribution { get; init; }

    /// <summary>Rank that an editor gave the claim.</summary>
    public required Rank Rank { get; init; }

    /// <summary>A note of the caller that recorded the claim; null where there is none.</summary>
    public required string? Note { get; init; }

    /// <summary>Number of the article.</summary>
    public required long ArticleId { get; init; }

    /// <summary>Address (URL) of the article; null where it has none.</summary>
    public required string? ArticleUrl { get; init; }

    /// <summary>External id of the article, which its import gave; null where it has none.</summary>
    public required string? ArticleExternalId { get; init; }

    /// <summary>Title of the article; null where it is not recorded.</summary>
    public required string? ArticleTitle { get; init; }

    /// <summary>Publisher of the article; null where it is not recorded.</summary>
    public required string? ArticlePublisher { get; init; }

    /// <summary>Day of publication of the article (EDTF); null where it is not recorded.</summary>
    public required string? ArticlePublishedOn { get; init; }

    /// <summary>The claims with these numbers, by stated day.</summary>
    public static Task<IReadOnlyList<EvidenceRow>> ReadByClaimsAsync(FactsContext database, long[] claims, CancellationToken cancel) =>
        ReadAsync(database, "c.id = any (@numbers)", claims, cancel);

    /// <summary>The claims of these articles that are not superseded, by stated day.</summary>
    public static Task<IReadOnlyList<EvidenceRow>> ReadByArticlesAsync(FactsContext database, long[] articles, CancellationToken cancel) =>
        ReadAsync(database, "c.article_id = any (@numbers) and c.superseded_in is null", articles, cancel);

    /// <summary>The query for the claims that meet a condition on the claim <c>c</c>. The overload of ReadAsync with a reader reads its rows.</summary>
    public static string Statement(string condition) => Sql.Text("Projections", "evidence").Replace("@condition", condition, StringComparison.Ordinal);

    /// <summary>Reads the rows of a <see cref="Statement"/>.</summary>
    public static async Task<IReadOnlyList<EvidenceRow>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancel)
    {
        var claimRows = new List<EvidenceRow>();
        while (await reader.ReadAsync(cancel)) claimRows.Add(Read(reader));
        return claimRows;
    }

    static EvidenceRow Read(NpgsqlDataReader reader)
    {
        var column = 0;
        return new()
        {
            Id = reader.GetInt64(column++),
            ExternalId = reader.GetString(column++),
            Kind = Word<ClaimKind>()!.Value,
            Firmness = Word<Firmness>(),
            Stage = Word<Stage>(),
            StatedOn = reader.GetString(column++),
            HappenedOn = Text(),
            DueOn = Text(),
            QuantityLow = Number(),
            QuantityHigh = Number(),
            QuantityQualifier = Word<QuantityQualifier>()!.Value,
            QuantityBasis = Word<QuantityBasis>()!.Value,
            QuantityText = Text(),
            Unit = Text(),
            Quote = Text(),
            QuotePrefix = Text(),
            QuoteSuffix = Text(),
            Claimant = Text(),
            Attribution = Word<Attribution>(),
            Rank = Word<Rank>()!.Value,
            Note = Text(),
            ArticleId = reader.GetInt64(column++),
            ArticleUrl = Text(),
            ArticleExternalId = Text(),
            ArticleTitle = Text(),
            ArticlePublisher = Text(),
            ArticlePublishedOn = Text(),
        };

        string? Text() => reader.IsDBNull(column++) ? null : reader.GetString(column - 1);

        decimal? Number() => reader.IsDBNull(column++) ? null : reader.GetDecimal(column - 1);

        T? Word<T>() where T : struct, Enum => EnumWords.Parse<T>(Text());
    }

    static async Task<IReadOnlyList<EvidenceRow>> ReadAsync(FactsContext database, string condition, long[] numbers, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Statement(condition), cancel, new NpgsqlParameter("numbers", numbers));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await ReadAsync(reader, cancel);
    }
}
