using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Balances;

/// <summary>A question about balances, with every name looked up.</summary>
internal sealed record BalanceFilter
{
    public static readonly IReadOnlyList<(string Word, Grouping Grouping)> Groups =
    [
        ("donor", Grouping.Donor), ("recipient", Grouping.Recipient), ("item", Grouping.Item), ("category", Grouping.Category),
        ("year_stated", Grouping.YearStated), ("year_due", Grouping.YearDue),
    ];

    /// <summary>Groups that running totals are kept by.</summary>
    const Grouping KeptGroups = Grouping.Donor | Grouping.Recipient | Grouping.Item | Grouping.Category;

    static readonly string[] Stages = [.. EnumWords.All<Stage>().Where(s => s != "rejected")];

    public static readonly ParameterSpec[] Parameters =
    [
        new("group_by", WireType.OneOf(Groups.Select(g => g.Word)), "What a row is made for, besides the unit.") { Many = true, Example = "donor" },
        new("as_of", WireType.Day, "Event time: as things stood at the end of this day. Default today.") { Example = "2024-12-04" },
        new("known_at", WireType.Instant, "Record time: only what was recorded by then. Default now."),
        new("min_stage", WireType.OneOf(Stages), "Deliveries count from this stage on.") { Default = "arrived" },
        new("links", WireType.Word<LinkPolicy>(), "Whether deliveries that name no commitment are matched.") { Default = "all" },
        new("vague", WireType.OneOf(VaguePolicy.All.Select(p => p.Name)), "How vague words are read.") { Default = VaguePolicy.Acled.Name },
        new("donor", WireType.Text, "Given by one of these, alone or jointly: code, name or alias.") { Many = true, Example = "DEU" },
        new("recipient", WireType.Text, "Given to one of these: code, name or alias.") { Many = true, Example = "UKR" },
        new("item", WireType.Text, "One of these items or what is below them: code, name or alias.") { Many = true, Example = "air-defence" },
        new("unit", WireType.Text, "Counted in one of these.") { Many = true, Example = "system" },
        new("firmness", WireType.Word<Firmness>(), "Only commitments of these.") { Many = true },
        new("due_from", WireType.Day, "Only commitments due on or after this day."),
        new("due_to", WireType.Day, "Only commitments due on or before this day."),
        new("stated_from", WireType.Day, "Only facts first stated on or after this day."),
        new("stated_to", WireType.Day, "Only facts first stated on or before this day."),
        new("attribution", WireType.Word<Attribution>(), "Only claims attributed so.") { Many = true },
        new("publisher", WireType.Text, "Only claims of these publishers, compared without case.") { Many = true },
    ];

    public required Grouping GroupBy { get; init; }
    public required EvaluationOptions View { get; init; }
    public required DateTimeOffset? KnownAt { get; init; }
    public required VaguePolicy Policy { get; init; }
    public required NameFilter Names { get; init; }
    public required Firmness[]? Firmness { get; init; }
    public required DateOnly? DueFrom { get; init; }
    public required DateOnly? DueTo { get; init; }
    public required DateOnly? StatedFrom { get; init; }
    public required DateOnly? StatedTo { get; init; }
    public required string[]? Attributions { get; init; }
    public required string[]? Publishers { get; init; }

    public static (BalanceFilter? Filter, Problem? Problem) Read(Parameters parameters, CatalogueIndex catalogue, DateOnly asOf)
    {
        var words = parameters.Texts("group_by");
        if (words.Distinct().Count() < words.Count)
            parameters.Fail(Problems.RepeatedParameter, "group_by", "group_by names something twice; each of " + string.Join(", ", Groups.Select(g => g.Word)) + " can be given once");
        var filter = new BalanceFilter
        {
            GroupBy = Groups.Where(g => words.Contains(g.Word)).Aggregate(Grouping.None, (all, g) => all | g.Grouping),
            View = new EvaluationOptions(asOf, parameters.Word<Stage>("min_stage") ?? Stage.Arrived, parameters.Word<LinkPolicy>("links") ?? LinkPolicy.All),
            KnownAt = parameters.Instant("known_at"),
            Policy = parameters.Text("vague") is { } policy ? VaguePolicy.Named(policy)! : VaguePolicy.Acled,
            Names = NameFilter.Read(parameters, catalogue),
            Firmness = parameters.WordList<Firmness>("firmness") is { Count: > 0 } firmness ? [.. firmness] : null,
            DueFrom = parameters.Day("due_from"),
            DueTo = parameters.Day("due_to"),
            StatedFrom = parameters.Day("stated_from"),
            StatedTo = parameters.Day("stated_to"),
            Attributions = parameters.Texts("attribution") is { Count: > 0 } attributions ? [.. attributions] : null,
            Publishers = parameters.Texts("publisher") is { Count: > 0 } publishers ? [.. publishers.Select(p => p.ToUpperInvariant())] : null,
        };
        return parameters.Problem is { } problem ? (null, problem) : (filter, null);
    }

    /// <summary>Whether running totals can answer it: today or later, everything known, nothing but groups and filters they are kept by.</summary>
    public bool IsCurrent(DateOnly today) =>
        View.AsOf >= today && KnownAt is null && View is { MinStage: Stage.Arrived, Links: LinkPolicy.All } && Policy == VaguePolicy.Acled
        && (GroupBy & ~KeptGroups) == 0 && !OnlyCommitments && StatedFrom is null && StatedTo is null && Attributions is null && Publishers is null;

    /// <summary>Whether it asks by something only commitments have.</summary>
    public bool OnlyCommitments => Firmness is not null || DueFrom is not null || DueTo is not null;

    public ClaimSelection Evidence => new(KnownAt, Attributions, Publishers);

    public bool Takes(FactState fact) =>
        Names.Matches(fact.Donors.Codes, fact.Recipient, fact.Items.Codes, fact.Unit)
        && (StatedFrom is null || (fact.Stated.From ?? fact.Stated.To) >= StatedFrom)
        && (StatedTo is null || (fact.Stated.From ?? fact.Stated.To) <= StatedTo)
        && (!OnlyCommitments || fact is CommitmentState commitment && TakesCommitment(commitment));

    bool TakesCommitment(CommitmentState commitment) =>
        (Firmness is null || Firmness.Contains(commitment.Firmness))
        && (DueFrom is null || commitment.Due is { } late && (late.To is not { } last || last >= DueFrom))
        && (DueTo is null || commitment.Due is { } early && (early.To ?? early.From) <= DueTo);
}
