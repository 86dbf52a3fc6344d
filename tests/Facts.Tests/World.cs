namespace Facts.Tests;

/// <summary>
/// A small set of claims. By default each claim is from an outlet of its own, and Germany gives IRIS-T systems to Ukraine.
/// <para>
/// Sums are compared in a short form that leaves zeros out: <c>orig 2 P 2 D 1 U 1 O 2 need 18..</c> is original 2, committed 2, delivered 1, unpledged 1,
/// outstanding 2 and an unmet need of 18 or more. <c>4..6</c> is the interval from 4 to 6; <c>20..</c> has no upper bound.
/// R is requested, I intended, orig original, P committed (pledged), X cancelled, D delivered, C credited, S surplus, U unpledged, O outstanding,
/// late overdue, lateorig overdue by the original deadline, need unmet need. The counts are unquantified, conditional, hold (on hold), disputed,
/// conflicts and overlap (possible overlap).
/// </para>
/// </summary>
sealed class World
{
    /// <summary>All items; each parent comes before its children.</summary>
    public static readonly IReadOnlyList<Item> Tree =
    [
        new("air-defence", "Air defence", null, "system"), new("hawk", "HAWK", "air-defence", "system"), new("nasams", "NASAMS", "air-defence", "system"),
        new("patriot", "Patriot", "air-defence", "system"), new("iris-t", "IRIS-T", "air-defence", "system"),
        new("iris-t-slm", "IRIS-T SLM", "iris-t", "system"),
        new("armour", "Armour", null, "vehicle"), new("tank", "Tank", "armour", "vehicle"), new("leopard-1", "Leopard 1", "tank", "vehicle"),
    ];

    readonly List<Claim> _claims = [];
    readonly List<Decision> _decisions = [];

    public static ItemTree Items { get; } = new(Tree);

    public IReadOnlyList<Claim> Claims => _claims;

    public IReadOnlyList<Decision> Decisions => _decisions;

    public Claim Add(ClaimKind kind, string on, string? number = null, string? key = null, string? due = null, string donors = "DEU", string items = "iris-t",
        string? article = null, string? publisher = null, Stage? stage = null, QuantityBasis basis = QuantityBasis.Increment, Firmness? firmness = null,
        string? delivery = null, string? request = null, string? stated = null, string? partOf = null, string? condition = null, bool? met = null,
            bool? hold = null,
        string? unit = "system", AssessmentKind? assessment = null, string? id = null, Rank rank = Rank.Normal, string recipient = "UKR")
    {
        var n = _claims.Count + 1;
        var name = article ?? $"article-{n:000}";
        var claim = new Claim
        {
            Id = n,
            FirstEditionId = n,
            Article = new Article { Id = n, Name = name, Publisher = publisher },
            ExternalId = id ?? $"{n:000}",
            Kind = kind,
            Firmness = kind == ClaimKind.Pledge ? firmness ?? Firmness.Pledged : firmness,
            Donors = Codes(donors, '+'),
            Recipient = recipient,
            Items = Codes(items, '|'),
            Unit = unit,
            Quantity = number is null ? null : Number(number),
            Basis = basis,
            Stated = FuzzyDate.Parse(stated ?? (kind == ClaimKind.Delivery ? "2024-01-01" : on)),
            Happened = kind == ClaimKind.Delivery ? FuzzyDate.Parse(on) : null,
            Due = due is null ? null : FuzzyDate.Parse(due),
            Stage = kind == ClaimKind.Delivery ? stage ?? Stage.Arrived : null,
            CommitmentKey = key,
            DeliveryKey = delivery,
            RequestKey = request,
            PartOf = partOf,
            Condition = condition,
            ConditionMet = met,
            OnHold = hold,
            Assessment = assessment,
            Rank = rank,
        };
        _claims.Add(claim);
        return claim;
    }

    public Claim Pledge(string on, string? number, string? key = null, string? due = null, string donors = "DEU", string items = "iris-t",
        string? article = null,
        string? publisher = null, QuantityBasis basis = QuantityBasis.Increment, Firmness? firmness = null, string? partOf = null, string? condition = null,
        string? unit = "system", Rank rank = Rank.Normal) =>
        Add(ClaimKind.Pledge, on, number, key, due, donors, items, article, publisher, basis: basis, firmness: firmness, partOf: partOf,
            condition: condition, unit: unit, rank: rank);

    public Claim Arrives(string on, string? number, string? key = null, string donors = "DEU", string items = "iris-t", string? article = null,
        string? delivery = null,
        Stage stage = Stage.Arrived, string? unit = "system", string? publisher = null) =>
        Add(ClaimKind.Delivery, on, number, key, donors: donors, items: items, article: article, delivery: delivery, stage: stage, unit: unit,
            publisher: publisher);

    public Claim SoFar(string on, string number, string? key = null, string items = "iris-t", string? unit = "system", string? article = null) =>
        Add(ClaimKind.Delivery, on, number, key, items: items, basis: QuantityBasis.Cumulative, unit: unit, article: article);

    public Claim Amend(string on, string key, string? number = null, QuantityBasis basis = QuantityBasis.Increment, string? due = null, bool? hold = null,
        bool? met = null,
        Firmness? firmness = null, string? unit = null, string? article = null) =>
        Add(ClaimKind.Amendment, on, number, key, due, donors: "", items: "", basis: basis, hold: hold, met: met, firmness: firmness, unit: unit,
            article: article);

    public Claim Cancel(string on, string key, string? number = null) => Add(ClaimKind.Cancellation, on, number, key, donors: "", items: "", unit: null);

    public Claim Ask(string on, string? number, string items = "iris-t", string donors = "") =>
        Add(ClaimKind.Request, on, number, donors: donors, items: items);

    /// <summary>Adds a finished claim under a new id.</summary>
    public void Add(Claim claim) => _claims.Add(claim with { Id = _claims.Count + 1, FirstEditionId = _claims.Count + 1 });

    public void Decide(Decision decision) => _decisions.Add(decision);

    public Resolution Resolve() => Resolution.From(_claims, Items, _decisions);

    public FactStates At(string day, Stage stage = Stage.Arrived, LinkPolicy links = LinkPolicy.All) =>
        Balance.States(Resolve(), new(DateOnly.Parse(day), stage, links));

    public IReadOnlyList<BalanceRow> Rows(string day, Grouping groups = Grouping.None, Stage stage = Stage.Arrived, LinkPolicy links = LinkPolicy.All) =>
        Balance.Rows(At(day, stage, links).All, groups, Items, DateOnly.Parse(day));

    public FactStates At(EvaluationOptions options) => Balance.States(Resolve(), options);

    public IReadOnlyList<BalanceRow> Rows(EvaluationOptions options, Grouping groups) => Balance.Rows(At(options).All, groups, Items, options.AsOf);

    /// <summary>The measures of the day's only row in the short form of <see cref="World"/>.</summary>
    public string Sum(string day, Stage stage = Stage.Arrived, LinkPolicy links = LinkPolicy.All) =>
        Short(Assert.Single(Rows(day, stage: stage, links: links)).Measures);

    public static string Short(Measures m) => string.Join(' ', new[]
    {
        Text("R", m.Requested), Text("I", m.Intended), Text("orig", m.Original), Text("P", m.Committed), Text("X", m.Cancelled), Text("D", m.Delivered),
        Text("C", m.Credited), Text("S", m.Surplus), Text("U", m.Unpledged), Text("O", m.Outstanding),
        Text("late", m.Overdue), Text("lateorig", m.OverdueOriginal), Text("need", m.UnmetNeed),
        Count("unquantified", m.Unquantified), Count("conditional", m.Conditional), Count("hold", m.OnHold), Count("disputed", m.Disputed),
        Count("conflicts", m.Conflicts), Count("overlap", m.PossibleOverlap),
    }.Where(t => t is not null));

    public static string Show(Interval i) => i.High is null ? $"{i.Low}.." : i.Low == i.High ? $"{i.Low}" : $"{i.Low}..{i.High}";

    static string? Text(string name, Interval? value) => value is { } i && i != Interval.Zero ? $"{name} {Show(i)}" : null;

    static string? Count(string name, int count) => count == 0 ? null : $"{name} {count}";

    static CodeSet Codes(string text, char separator) => CodeSet.From(text.Split(separator, StringSplitOptions.RemoveEmptyEntries));

    static Interval Number(string text) => text.Split("..") switch
    {
        [var one] => Interval.Exactly(decimal.Parse(one)),
        [var low, ""] => new(decimal.Parse(low), null),
        [var low, var high] => new(decimal.Parse(low), decimal.Parse(high)),
        _ => throw new FormatException(text),
    };
}
