namespace Facts;

/// <summary>What claims without a unit count: what others count that name the same fact by its key (DESIGN.md §6, rule 5: a word beats none).</summary>
internal static class UnitInference
{
    /// <summary>The claims, in their order; those without a unit with the one of the fact that they name.</summary>
    public static List<Claim> Of(List<Claim> claims)
    {
        if (!claims.Exists(IsOpen)) return claims;
        var requests = Said(claims.Where(c => c.Kind == ClaimKind.Request), c => c.RequestKey);
        var deliveries = Said(claims.Where(c => c.Kind == ClaimKind.Delivery), c => c.DeliveryKey);
        var commitments = Said(claims.Where(c => c.Kind == ClaimKind.Pledge), c => c.CommitmentKey);
        // Where no pledge says it, what changes the commitment by a number does.
        var changes = Said(claims.Where(c => c is { Kind: ClaimKind.Amendment or ClaimKind.Cancellation, Quantity: not null }), c => c.CommitmentKey);
        return claims.ConvertAll(c => IsOpen(c) ? c with { EffectiveUnit = In(c) } : c);

        string? In(Claim c) => c.Kind == ClaimKind.Request ? Of(requests, c.RequestKey)
            : Of(deliveries, c.DeliveryKey) ?? Of(commitments, c.CommitmentKey) ?? Of(changes, c.CommitmentKey);
    }

    static bool IsOpen(Claim claim) => claim.Unit is null && claim.Kind switch
    {
        ClaimKind.Request => claim.RequestKey is not null,
        ClaimKind.Pledge => claim.CommitmentKey is not null,
        ClaimKind.Delivery => claim.CommitmentKey is not null || claim.DeliveryKey is not null,
        _ => false,
    };

    static Dictionary<string, string?> Said(IEnumerable<Claim> claims, Func<Claim, string?> key) => claims.Where(c => c.Unit is not null && key(c) is not null)
        .GroupBy(c => key(c)!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => ResolvedValue.Resolve([.. g], c => c.Unit, StringComparer.Ordinal).Value, StringComparer.Ordinal);

    static string? Of(Dictionary<string, string?> said, string? key) => key is null ? null : said.GetValueOrDefault(key);
}
