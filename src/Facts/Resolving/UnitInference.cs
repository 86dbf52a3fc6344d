namespace Facts;

/// <summary>Gives claims without a unit the unit of other claims that name their fact by its key (docs/semantics.md#claims).</summary>
internal static class UnitInference
{
    /// <summary>Returns the claims in their order. A claim without a unit gets the <see cref="Claim.EffectiveUnit"/> of the fact that its key names.</summary>
    public static List<Claim> FillIn(List<Claim> claims)
    {
        if (!claims.Exists(IsOpen)) return claims;
        var requests = UnitsByKey(claims.Where(c => c.Kind == ClaimKind.Request), c => c.RequestKey);
        var deliveries = UnitsByKey(claims.Where(c => c.Kind == ClaimKind.Delivery), c => c.DeliveryKey);
        var commitments = UnitsByKey(claims.Where(c => c.Kind == ClaimKind.Pledge), c => c.CommitmentKey);
        // If no pledge gives a unit, an amendment or cancellation with a number does.
        var changes = UnitsByKey(claims.Where(c => c is { Kind: ClaimKind.Amendment or ClaimKind.Cancellation, Quantity: not null }), c => c.CommitmentKey);
        return claims.ConvertAll(c => IsOpen(c) ? c with { EffectiveUnit = UnitOfFact(c) } : c);

        string? UnitOfFact(Claim c) => c.Kind == ClaimKind.Request ? Find(requests, c.RequestKey)
            : Find(deliveries, c.DeliveryKey) ?? Find(commitments, c.CommitmentKey) ?? Find(changes, c.CommitmentKey);
    }

    // True if the unit is open: the claim gives none, but names a fact that may have one.
    static bool IsOpen(Claim claim) => claim.Unit is null && claim.Kind switch
    {
        ClaimKind.Request => claim.RequestKey is not null,
        ClaimKind.Pledge => claim.CommitmentKey is not null,
        ClaimKind.Delivery => claim.CommitmentKey is not null || claim.DeliveryKey is not null,
        _ => false,
    };

    static Dictionary<string, string?> UnitsByKey(IEnumerable<Claim> claims, Func<Claim, string?> key) =>
        claims.Where(c => c.Unit is not null && key(c) is not null).GroupBy(c => key(c)!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => ResolvedValue.Resolve([.. g], c => c.Unit, StringComparer.Ordinal).Value, StringComparer.Ordinal);

    static string? Find(Dictionary<string, string?> units, string? key) => key is null ? null : units.GetValueOrDefault(key);
}
