using CsCheck;

namespace Facts.Tests;

/// <summary>
/// Random histories of claims: every kind of claim with every attribute. The environment variable FACTS_HISTORIES sets how many histories a property
/// is tried on; the default is 40, which keeps all tests of the core below 15 s.
/// </summary>
static class Histories
{
    /// <summary>Number of histories that each property is tried on.</summary>
    public static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("FACTS_HISTORIES"), out var count) ? count : 40;

    static readonly string[] Dates =
        ["2024-01-05", "2024-01-07", "2024-01", "2024-02-10", "2024-02-12", "2024-03-01", "../2024-03-03", "2024-03", "2024-21", "2024", "2024-04-01/..",
         "2024-04-15~", "2024-05-01"];
    static readonly string?[] Numbers = [null, "1", "2", "2", "3", "5", "10", "2..4", "5..", "0..6"];
    static readonly string[] Items = ["iris-t", "iris-t", "iris-t-slm", "air-defence", "hawk|nasams", "hawk", "tank", "hawk|tank"];
    static readonly string?[] Keys = [null, null, "a", "b", "c"];

    /// <summary>Days around every date that claims give, and one long after.</summary>
    public static readonly string[] Days = ["2024-01-06", "2024-01-31", "2024-02-11", "2024-03-02", "2024-03-31", "2024-04-20", "2024-05-31", "2025-01-01",
        "2030-01-01"];

    public static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static readonly Gen<ClaimKind> Kinds = Gen.Frequency(
        (6, Gen.Const(ClaimKind.Pledge)), (8, Gen.Const(ClaimKind.Delivery)), (3, Gen.Const(ClaimKind.Amendment)), (2, Gen.Const(ClaimKind.Cancellation)),
        (2, Gen.Const(ClaimKind.Request)), (2, Gen.Const(ClaimKind.Assessment)));

    static readonly Gen<Action<World>> Steps =
        from kind in Kinds
        from date in Any(Dates)
        from number in Any(Numbers)
        from item in Any(Items)
        from key in Any(Keys)
        from other in Any(Keys)
        from due in Any<string?>(null, null, "2024-03", "2024-02~", "../2024-03-31")
        from article in Any<string?>(null, null, null, "x", "y")
        from publisher in Any<string?>(null, null, "Reuters", "REUTERS", "AFP")
        from donor in Any("DEU", "DEU", "DEU", "ROU", "DEU+NLD")
        from stage in Any(Stage.Arrived, Stage.Arrived, Stage.Arrived, Stage.Announced, Stage.Dispatched, Stage.Accepted, Stage.Operational, Stage.Rejected)
        from rank in Any(Rank.Normal, Rank.Normal, Rank.Normal, Rank.Preferred)
        from unit in Any("system", "system", "system", "system", "system", "missile")
        from recipient in Any("UKR", "UKR", "UKR", "UKR", "UKR", "MDA")
        from dice in Gen.Int[0, 9]
        from yes in Gen.Bool
        select (Action<World>)(w => Add(w, kind, date, number, item, key, other, due, article, publisher, donor, stage, rank, unit, recipient, dice, yes));

    static void Add(World w, ClaimKind kind, string date, string? number, string item, string? key, string? other, string? due, string? article,
        string? publisher,
        string donor, Stage stage, Rank rank, string unit, string recipient, int dice, bool yes)
    {
        var change = kind is ClaimKind.Amendment or ClaimKind.Cancellation;
        var amended = kind == ClaimKind.Amendment;
        w.Add(kind, date, amended && dice == 1 ? "-2" : number,
            key: kind == ClaimKind.Request ? null : change ? key ?? "a" : key,
            due: due,
            donors: kind == ClaimKind.Request && yes ? "" : donor,
            items: item,
            article: article,
            publisher: publisher,
            stage: stage,
            basis: kind switch
            {
                ClaimKind.Delivery when dice < 3 => QuantityBasis.Cumulative,
                ClaimKind.Pledge when dice < 2 => QuantityBasis.Remaining,
                ClaimKind.Amendment when dice is > 1 and < 5 => QuantityBasis.Total,
                _ => QuantityBasis.Increment,
            },
            firmness: kind == ClaimKind.Pledge && dice == 5 ? Firmness.Intent : (amended || kind == ClaimKind.Pledge) && dice == 6 ? Firmness.Committed : null,
            delivery: kind == ClaimKind.Delivery && dice > 6 || kind == ClaimKind.Assessment && dice > 4 ? other : null,
            request: kind is ClaimKind.Request or ClaimKind.Assessment && dice is 3 or 4 ? other : null,
            partOf: kind == ClaimKind.Pledge && dice is 7 or 8 ? other : null,
            condition: kind == ClaimKind.Pledge && dice == 9 || amended && dice == 9 && yes ? "if" : null,
            met: amended && dice == 8 ? yes : kind == ClaimKind.Pledge && dice == 4 ? yes : null,
            hold: amended && dice == 7 ? yes : null,
            assessment: kind == ClaimKind.Assessment ? yes ? AssessmentKind.Denial : AssessmentKind.Forecast : null,
            rank: rank,
            // A claim without a number may have no unit either.
            unit: change && yes || number is null && dice is 0 or 2 or 6 or 8 ? null : unit,
            recipient: recipient);
    }

    static readonly Gen<(int Kind, long A, long B)[]> Edits = Gen.Select(Gen.Int[0, 3], Gen.Long[1, 14], Gen.Long[1, 14]).Array[0, 4];

    /// <summary>Histories of claims without decisions of editors.</summary>
    public static readonly Gen<World> Unedited = Steps.Array[0, 14].Select(steps =>
    {
        var w = new World();
        foreach (var step in steps) step(w);
        return w;
    });

    /// <summary>Histories of claims with random decisions of editors, sensible or not.</summary>
    public static readonly Gen<World> Edited = Gen.Select(Unedited, Edits, (w, edits) =>
    {
        for (var i = 0; i < edits.Length; i++)
            w.Decide(edits[i] switch
            {
                (0, var a, var b) => (Decision)new Decision.Merge(i, a, b),
                (1, var a, var b) => new Decision.Split(i, a, b),
                (2, var a, var b) => new Decision.Link(i, a, b),
                (_, var a, var b) => new Decision.Unlink(i, a, b),
            });
        return w;
    });

    public static readonly Gen<EvaluationOptions> Evaluations =
        from day in Any(Days)
        from stage in Any(Stage.Arrived, Stage.Arrived, Stage.Arrived, Stage.Announced, Stage.Dispatched, Stage.Operational)
        from links in Any(LinkPolicy.All, LinkPolicy.All, LinkPolicy.Explicit)
        select new EvaluationOptions(DateOnly.Parse(day), stage, links);

    public static void ForAll(Gen<World> worlds, Action<World> holds, long? times = null) => worlds.Sample(holds, iter: times ?? Count, print: Describe);

    public static void ForAll(Gen<World> worlds, Action<World, EvaluationOptions> holds) =>
        Gen.Select(worlds, Evaluations).Sample((w, options) => holds(w, options), iter: Count, print: x => $"{x.Item2}\n{Describe(x.Item1)}");

    /// <summary>The claims and decisions of a history, one on a line.</summary>
    public static string Describe(World w) => string.Join('\n', w.Claims.Select(c =>
        $"{c.Article.Name}/{c.ExternalId} {c.Article.Publisher} {c.Kind} {c.Donors} {c.Recipient} {c.Items} {c.Quantity} {c.Unit} {c.Basis} "
        + $"stated {c.Stated} happened {c.Happened} due {c.Due} {c.Stage} "
        + $"c={c.CommitmentKey} d={c.DeliveryKey} r={c.RequestKey} in={c.PartOf} {c.Firmness} "
        + $"if={c.Condition} met={c.ConditionMet} hold={c.OnHold} {c.Assessment} {c.Rank}")
        .Concat(w.Decisions.Select(d => d.ToString()!)));

    /// <summary>Everything that an answer could show of the facts and links.</summary>
    public static string Describe(FactStates s) => string.Join('\n',
        s.All.Select(f => $"{f.Kind} {f.FactId} {World.Short(f.Measures)} {f.Stated} "
                + $"[{string.Join(',', f.Claims.Select(c => c.Id))}] {f.Counts} {f.Envelope} {State(f)}")
            .Concat(s.Links.Select(l => $"{l.Commitment.Id}<-{l.Delivery.Id} {World.Show(l.Quantity)} {l.Explicit}")));

    static string State(FactState f) => f switch
    {
        CommitmentState c => $"{c.Status} {c.Firmness} due {c.Due} {string.Join(',', c.Deadlines.Select(d => d.Due))} "
            + $"{c.Condition} {c.Conditional} {c.OnHold} {c.PartOf} {c.WholeId}",
        DeliveryState d => $"{d.Stage} {d.Happened} {d.Unexplained}",
        RequestState r => $"{r.Due}",
        _ => throw new InvalidOperationException(),
    };

    public static IEnumerable<Interval?> All(Measures m) =>
    [
        m.Requested, m.Intended, m.Original, m.Committed, m.Cancelled, m.Delivered, m.Credited, m.Surplus, m.Unpledged, m.Outstanding, m.Overdue,
        m.OverdueOriginal, m.UnmetNeed,
    ];
}
