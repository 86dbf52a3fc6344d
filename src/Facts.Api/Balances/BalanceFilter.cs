using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Balances;

/// <summary>The query of a balance, with every name looked up in the catalogue (see <c>docs/semantics.md#filters</c>).</summary>
internal sealed record BalanceFilter
{
    public static readonly IReadOnlyList<(string Word, Grouping Grouping)> Groups =
    [
        ("donor", Grouping.Donor), ("recipient", Grouping.Recipient), ("item", Grouping.Item), ("category", Grouping.Category),
        ("year_stated", Grouping.YearStated), ("year_due", Grouping.YearDue),
    ];

    /// <summary>Groups by which the stored balance totals can be added up.</summary>
    const Grouping TotalGroups = Grouping.Donor | Grouping.Recipient | Grouping.Item | Grouping.Category;

    static readonly string[] Stages = [.. EnumWords.All<Stage>().Where(s => s != "rejected")];

    public static readonly ParameterSpec[] Parameters =
    [
        new("group_by", WireType.OneOf(Groups.Select(g => g.Word)), "Groups that each row is made for. Rows are always separate by unit.")
        {
            Many = true,
            Example = "donor",
        },
        new("as_of", WireType.Day, "Event time: the state at the end of this day. Default: today.") { Example = "2024-12-04" },
        new("known_at", WireType.Instant, "Record time: only what was recorded by this moment counts. Default: now."),
        new("min_stage", WireType.OneOf(Stages), "Deliveries count from this stage on.") { Default = "arrived" },
        new("links", WireType.Word<LinkPolicy>(), "Links in use: with `all`, deliveries that name no commitment are matched to commitments.")
            { Default = "all" },
        new("vague", WireType.OneOf(VaguePolicy.All.Select(p => p.Name)), "Name of the policy by which vague words become numbers.")
        {
            Default = VaguePolicy.Acled.Name,
        },
        new("donor", WireType.Text, "Only facts given by one of these donors, alone or jointly: code, name or alias.") { Many = true, Example = "DEU" },
        new("recipient", WireType.Text, "Only facts given to one of these recipients: code, name or alias.") { Many = true, Example = "UKR" },
        new("item", WireType.Text, "Only facts of one of these items or an item below them: code, name or alias.") { Many = true, Example = "air-defence" },
        new("unit", WireType.Text, "Only facts counted in one of these units.") { Many = true, Example = "system" },
        new("firmness", WireType.Word<Firmness>(), "Only commitments of one of these degrees of firmness.") { Many = true },
        new("status", WireType.Word<CommitmentStatus>(), "Only commitments in one of these states at the end of the day.") { Many = true },
        new("due_from", WireType.Day, "Only commitments due on or after this day, by the last possible day of the deadline."),
        new("due_to", WireType.Day, "Only commitments due on or before this day, by the last possible day of the deadline."),
        new("stated_from", WireType.Day, "Only facts first stated on or after this day, by the first possible day."),
        new("stated_to", WireType.Day, "Only facts first stated on or before this day, by the first possible day."),
        new("attribution", WireType.Word<Attribution>(), "Only claims of one of these attributions.") { Many = true },
        new("publisher", WireType.Text, "Only claims of one of these publishers, compared without case.") { Many = true },
    ];

    public required Grouping GroupBy { get; init; }
    public required EvaluationOptions Evaluation { get; init; }
    public required DateTimeOffset? KnownAt { get; init; }
    public required FactSelection Facts { get; init; }
    public required NameFilter Names { get; init; }
    public required Firmness[]? Firmness { get; init; }
    public required CommitmentStatus[]? Status { get; init; }
    public required DateOnly? DueFrom { get; init; }
    public required DateOnly? DueTo { get; init; }
    public required DateOnly? StatedFrom { get; init; }
    public required DateOnly? StatedTo { get; init; }

    /// <summary>Reads the query. Its errors are errors of the parameters, which the caller checks.</summary>
    public static BalanceFilter Read(Parameters parameters, CatalogueIndex catalogue, DateOnly asOf)
    {
        var words = parameters.Texts("group_by");
        if (words.Distinct().Count() < words.Count)
            parameters.Fail(Problems.RepeatedParameter, "group_by",
                "group_by names something twice; each of " + string.Join(", ", Groups.Select(g => g.Word)) + " can be given once");
        var facts = FactSelection.Read(parameters);
        return new()
        {
            GroupBy = Groups.Where(g => words.Contains(g.Word)).Aggregate(Grouping.None, (all, g) => all | g.Grouping),
            Evaluation = facts.On(asOf),
            KnownAt = parameters.Instant("known_at"),
            Facts = facts,
            Names = NameFilter.Read(parameters, catalogue),
            Firmness = parameters.WordList<Firmness>("firmness") is { Count: > 0 } firmness ? [.. firmness] : null,
            Status = parameters.WordList<CommitmentStatus>("status") is { Count: > 0 } status ? [.. status] : null,
            DueFrom = parameters.Day("due_from"),
            DueTo = parameters.Day("due_to"),
            StatedFrom = parameters.Day("stated_from"),
            StatedTo = parameters.Day("stated_to"),
        };
    }

    /// <summary>
    /// True if stored balance totals can answer the query, on the days that they cover. The totals hold for all that is recorded by now.
    /// They can only be grouped and filtered by the columns that they store.
    /// </summary>
    public bool IsOfTotals =>
        KnownAt is null && Facts.IsUsual && (GroupBy & ~TotalGroups) == 0 && !OnlyCommitments && StatedFrom is null && StatedTo is null;

    /// <summary>True if the query selects by firmness, status or deadline, which only commitments have.</summary>
    public bool OnlyCommitments => Firmness is not null || Status is not null || DueFrom is not null || DueTo is not null;

    public VaguePolicy Policy => Facts.Policy;

    public ClaimSelection Selection => Facts.Claims(KnownAt);

    public bool Matches(FactState fact) =>
        Names.Matches(fact.Donors.Codes, fact.Recipient, fact.Items.Codes, fact.Unit)
        && (StatedFrom is null || (fact.Stated.From ?? fact.Stated.To) >= StatedFrom)
        && (StatedTo is null || (fact.Stated.From ?? fact.Stated.To) <= StatedTo)
        && (!OnlyCommitments || fact is CommitmentState commitment && MatchesCommitment(commitment));

    bool MatchesCommitment(CommitmentState commitment) =>
        (Firmness is null || Firmness.Contains(commitment.Firmness))
        && (Status is null || Status.Contains(commitment.Status))
        && (DueFrom is null || commitment.Due is { } due && (due.To is not { } last || last >= DueFrom))
        && (DueTo is null || commitment.Due is { } deadline && (deadline.To ?? deadline.From) <= DueTo);
}
