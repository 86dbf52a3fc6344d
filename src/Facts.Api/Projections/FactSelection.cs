using Facts.Api.Http;

namespace Facts.Api.Projections;

/// <summary>The way in which claims become the facts of an answer. Stored projections hold for <see cref="Usual"/> alone.</summary>
/// <param name="Attributions">Only claims with these attributions; null for all.</param>
/// <param name="Publishers">Only claims of these publishers, in capitals; null for all.</param>
/// <param name="MinStage">Deliveries count from this stage on.</param>
/// <param name="Links">Links in use between deliveries and commitments.</param>
/// <param name="Policy">The numbers that stand for vague words.</param>
internal sealed record FactSelection(string[]? Attributions, string[]? Publishers, Stage MinStage, LinkPolicy Links, VaguePolicy Policy)
{
    public static FactSelection Usual { get; } = new(null, null, Stage.Arrived, LinkPolicy.All, VaguePolicy.Acled);

    public bool IsUsual => this == Usual;

    public ClaimSelection Claims(DateTimeOffset? knownAt) => new(knownAt, Attributions, Publishers);

    public EvaluationOptions On(DateOnly day) => new(day, MinStage, Links);

    /// <summary>Reads the parameters of a balance, or of a page that takes them.</summary>
    public static FactSelection Read(Parameters parameters) => new(
        parameters.Texts("attribution") is { Count: > 0 } attributions ? [.. attributions] : null,
        parameters.Texts("publisher") is { Count: > 0 } publishers ? [.. publishers.Select(p => p.ToUpperInvariant())] : null,
        parameters.Word<Stage>("min_stage") ?? Stage.Arrived, parameters.Word<LinkPolicy>("links") ?? LinkPolicy.All,
        parameters.Text("vague") is { } policy ? VaguePolicy.Named(policy)! : VaguePolicy.Acled);
}
