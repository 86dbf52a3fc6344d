using Facts.Api.Database;
using Facts.Api.Http;
using Npgsql;

namespace Facts.Api.Changes;

/// <summary>Reads the claims of changes, with one query.</summary>
internal static class ChangedClaims
{
    /// <summary>Claims that one change lists at most, recorded and ended claims each.</summary>
    public const int MaxListed = 1_000;

    public static async Task<ILookup<long, ChangedClaim>> ReadAsync(FactsContext database, IReadOnlyList<ChangeRow> changes, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Changes", "changed_claims"), cancel,
            new NpgsqlParameter("ids", changes.Select(c => c.Id).ToArray()),
            new NpgsqlParameter("firsts", changes.Select(c => c.FirstClaim).ToArray()),
            new NpgsqlParameter("lasts", changes.Select(c => c.LastClaim).ToArray()),
            new NpgsqlParameter("most", MaxListed));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var claims = new List<(long Change, ChangedClaim Claim)>();
        while (await reader.ReadAsync(cancel))
        {
            var claim = new ChangedClaim(reader.GetInt64(1), reader.GetString(2), reader.GetInt64(3), EnumWords.Parse<ClaimKind>(reader.GetString(4))!.Value,
                reader.GetString(5), reader.IsDBNull(6) ? null : reader.GetInt64(6));
            claims.Add((reader.GetInt64(0), claim));
        }
        return claims.ToLookup(c => c.Change, c => c.Claim);
    }
}
