using Facts.Api.Database;
using Npgsql;
using NpgsqlTypes;

namespace Facts.Api.Ledger;

/// <summary>Facts as they stood on any day, from what was known at any time: computed from the claims of the neighbourhoods asked for.</summary>
internal static class StandingsReader
{
    /// <summary>As they are on no day yet.</summary>
    /// <param name="database">Where the claims are.</param>
    /// <param name="evidence">Which claims.</param>
    /// <param name="policy">How vague words are read.</param>
    /// <param name="items">The tree of items.</param>
    /// <param name="recipients">Only facts of these; null for all.</param>
    /// <param name="units">Only facts of these; null for all.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public static async Task<Resolution> ResolvedAsync(
        FactsContext database, Evidence evidence, VaguePolicy policy, ItemTree items, string[]? recipients, string[]? units, CancellationToken cancel)
    {
        var scopes = await ScopesAsync(database, recipients, units, cancel);
        var reached = recipients is null && units is null ? [.. scopes] : await Neighbourhoods.ReachAsync(database, scopes, cancel);
        return await OfAsync(database, reached, evidence, policy, items, cancel);
    }

    /// <summary>The fact that a claim is about with all that has a say in it; nothing where there is no such claim.</summary>
    public static async Task<Resolution> AboutAsync(FactsContext database, long claim, Evidence evidence, ItemTree items, CancellationToken cancel) =>
        await OfAsync(database, await Neighbourhoods.AboutAsync(database, claim, cancel), evidence, VaguePolicy.Acled, items, cancel);

    static async Task<Resolution> OfAsync(FactsContext database, string[] scopes, Evidence evidence, VaguePolicy policy, ItemTree items, CancellationToken cancel)
    {
        var claims = await ClaimStore.ReadAsync(database, scopes, evidence, policy, cancel);
        return Resolution.Of(claims, items, await Decisions.AtAsync(database, evidence.KnownAt, cancel));
    }

    static async Task<List<string>> ScopesAsync(FactsContext database, string[]? recipients, string[]? units, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            """
            select scope
            from neighbourhoods
            where (@recipients::text[] is null or recipient = any (@recipients))
                and (@units::text[] is null or unit = any (@units))
            """, cancel, Texts("recipients", recipients), Texts("units", units));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var scopes = new List<string>();
        while (await reader.ReadAsync(cancel)) scopes.Add(reader.GetString(0));
        return scopes;
    }

    static NpgsqlParameter Texts(string name, string[]? values) => new(name, NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = (object?)values ?? DBNull.Value };
}
