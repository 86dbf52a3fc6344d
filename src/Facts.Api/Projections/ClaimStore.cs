using Facts.Api.Database;
using Facts.Api.Http;
using Npgsql;
using NpgsqlTypes;

namespace Facts.Api.Projections;

/// <summary>Reads stored claims as claims of the core, with one query for each call.</summary>
internal static class ClaimStore
{
    /// <summary>Reserves numbers for new claims, in ascending order.</summary>
    public static Task<List<long>> ReserveAsync(FactsContext database, int count, CancellationToken cancel) =>
        database.ReserveAsync("claims_id_seq", count, cancel);

    /// <summary>Reserves numbers for new claims in a round trip.</summary>
    /// <returns>The numbers, which are in the list once the statements have been sent.</returns>
    public static List<long> Reserve(RoundTrip trip, int count) => trip.Reserve("claims_id_seq", count);

    /// <summary>The claims of partitions that a selection takes, without deprecated ones.</summary>
    /// <param name="database">The store.</param>
    /// <param name="partitions">Names of the partitions, each once.</param>
    /// <param name="selection">Record time, attributions and publishers of the claims.</param>
    /// <param name="policy">The numbers that stand for vague words such as "dozens".</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public static async Task<List<Claim>> ReadAsync(
        FactsContext database, string[] partitions, ClaimSelection selection, VaguePolicy policy, CancellationToken cancel) =>
        (await ReadAsync(database, partitions, null, selection, policy, cancel)).ConvertAll(c => c.Claim);

    /// <summary>The claims of partitions that count now, under the default policy for vague words.</summary>
    /// <param name="database">The store.</param>
    /// <param name="partitions">Names of the partitions, each once.</param>
    /// <param name="ids">The numbers of the claims; null for all.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public static Task<List<StoredClaim>> ReadAsync(FactsContext database, string[] partitions, long[]? ids, CancellationToken cancel) =>
        ReadAsync(database, partitions, ids, new ClaimSelection(), VaguePolicy.Acled, cancel);

    /// <summary>The claims of partitions that count now: their numbers, and the transactions that wrote their rows and those of their articles last.</summary>
    public static async Task<List<(long Id, uint Version, uint ArticleVersion)>> VersionsAsync(
        FactsContext database, string[] partitions, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            Sql.Text("Projections", "claim_versions"), cancel, new NpgsqlParameter("partitions", partitions));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var versions = new List<(long, uint, uint)>();
        while (await reader.ReadAsync(cancel))
            versions.Add((reader.GetInt64(0), reader.GetFieldValue<uint>(1), reader.GetFieldValue<uint>(2)));
        return versions;
    }

    static async Task<List<StoredClaim>> ReadAsync(
        FactsContext database, string[] partitions, long[]? ids, ClaimSelection selection, VaguePolicy policy, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Projections", "claims"), cancel,
            new NpgsqlParameter("partitions", partitions),
            new NpgsqlParameter("ids", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = (object?)ids ?? DBNull.Value },
            new NpgsqlParameter("known_at", NpgsqlDbType.TimestampTz) { Value = (object?)selection.KnownAt?.ToUniversalTime() ?? DBNull.Value },
            Sql.ArrayParameter("attributions", selection.Attributions), Sql.ArrayParameter("publishers", selection.Publishers));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var (articles, words) = (new Dictionary<long, Article>(), new SharedWords());
        var claims = new List<StoredClaim>();
        while (await reader.ReadAsync(cancel))
            claims.Add(new(Claim(reader, articles, words, policy), reader.GetFieldValue<uint>(reader.GetOrdinal("version")),
                reader.GetFieldValue<uint>(reader.GetOrdinal("article_version"))));
        return claims;
    }

    /// <summary>
    /// The key of the fact that a claim asserts, even where the claim does not count. Null where it asserts no fact of this kind, or names no key.
    /// </summary>
    public static async Task<string?> KeyAsync(FactsContext database, long claim, FactKind kind, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            """
            select case when kind = @kind then case kind when 'request' then request when 'pledge' then commitment else delivery end end
            from claims
            where id = @claim
            """, cancel, new NpgsqlParameter("claim", claim), new NpgsqlParameter("kind", kind == FactKind.Commitment ? "pledge" : EnumWords.ToWord(kind)));
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    /// <summary>The record time at which the last edition of a claim stopped to count. Null where it still counts, or where the claim does not exist.</summary>
    public static async Task<DateTimeOffset?> EndedAsync(FactsContext database, long claim, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            """
            select least(ended.recorded_at, articles.retracted_at)
            from claims
            join articles on articles.id = claims.article_id
            left join changes ended on ended.id = claims.superseded_in
            where claims.id = @claim or claims.first_edition_id = @claim and claims.first_edition_id <> claims.id
            order by claims.id desc
            limit 1
            """, cancel, new NpgsqlParameter("claim", claim));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) && !reader.IsDBNull(0) ? reader.GetFieldValue<DateTimeOffset>(0) : null;
    }

    /// <summary>The claims that count now, under the default policy for vague words: one list for each group of partitions.</summary>
    public static Task<List<Claim>[]> ReadAsync(FactsContext database, IReadOnlyList<string[]> groups, CancellationToken cancel) =>
        ReadAsync(database, groups, new ClaimSelection(), VaguePolicy.Acled, cancel);

    /// <summary>The claims of partitions that a selection takes, without deprecated ones: one list for each group of partitions.</summary>
    public static async Task<List<Claim>[]> ReadAsync(
        FactsContext database, IReadOnlyList<string[]> groups, ClaimSelection selection, VaguePolicy policy, CancellationToken cancel)
    {
        var groupOf = groups.SelectMany((partitions, index) => partitions.Select(name => (name, index)))
            .ToDictionary(p => p.name, p => p.index, StringComparer.Ordinal);
        var claims = groups.Select(_ => new List<Claim>()).ToArray();
        foreach (var claim in await ReadAsync(database, [.. groupOf.Keys], selection, policy, cancel))
            claims[groupOf[claim.Partition!]].Add(claim);
        return claims;
    }

    static Claim Claim(NpgsqlDataReader reader, Dictionary<long, Article> articles, SharedWords words, VaguePolicy policy)
    {
        var articleId = reader.GetFieldValue<long>(reader.GetOrdinal("article_id"));
        if (!articles.TryGetValue(articleId, out var article))
            articles[articleId] = article = new Article
            {
                Id = articleId, Name = Text("article_name")!, Title = Text("title"), Publisher = Text("publisher"), PublishedOn = Date("published_on"),
            };
        if (!Facts.Quantity.TryCreate(EnumWords.Parse<QuantityQualifier>(Text("quantity_qualifier")), Number("quantity_low"), Number("quantity_high"),
            Text("quantity_text"), mayBeNegative: true, out var quantity, out var errors))
            throw new InvalidOperationException($"A stored quantity is wrong: {string.Join("; ", errors)}");
        return new Claim
        {
            Id = reader.GetFieldValue<long>(reader.GetOrdinal("id")),
            FirstEditionId = reader.GetFieldValue<long>(reader.GetOrdinal("first_edition_id")),
            Article = article,
            ExternalId = Text("external_id")!,
            Kind = EnumWords.Parse<ClaimKind>(Text("kind"))!.Value,
            Firmness = Word<Firmness>("firmness"),
            Donors = words.Of(reader.GetFieldValue<string[]>(reader.GetOrdinal("donors"))),
            Recipient = words.Of(Text("recipient")),
            Items = words.Of(reader.GetFieldValue<string[]>(reader.GetOrdinal("items"))),
            Unit = words.Of(Text("unit")),
            Quantity = quantity.Under(policy),
            Basis = EnumWords.Parse<QuantityBasis>(Text("quantity_basis"))!.Value,
            Stated = Date("stated_on")!,
            Happened = Date("happened_on"),
            Due = Date("due_on"),
            Stage = Word<Stage>("stage"),
            Condition = Text("condition"),
            ConditionMet = Flag("condition_met"),
            OnHold = Flag("on_hold"),
            CommitmentKey = Text("commitment"),
            DeliveryKey = Text("delivery"),
            RequestKey = Text("request"),
            Assessment = Word<AssessmentKind>("assessment"),
            PartOf = Text("part_of"),
            Quote = Text("quote") is { } exact ? new Quote(exact, Text("quote_prefix"), Text("quote_suffix")) : null,
            Rank = EnumWords.Parse<Rank>(Text("rank"))!.Value,
            Partition = words.Of(Text("partition")),
        };

        string? Text(string column) => reader.GetOrdinal(column) is var at && reader.IsDBNull(at) ? null : reader.GetString(at);
        decimal? Number(string column) => reader.GetOrdinal(column) is var at && reader.IsDBNull(at) ? null : reader.GetDecimal(at);
        bool? Flag(string column) => reader.GetOrdinal(column) is var at && reader.IsDBNull(at) ? null : reader.GetBoolean(at);
        FuzzyDate? Date(string column) => Text(column) is { } text ? FuzzyDate.Parse(text) : null;
        T? Word<T>(string column) where T : struct, Enum => Text(column) is { } word ? EnumWords.Parse<T>(word) : null;
    }
}
