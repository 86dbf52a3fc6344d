using System.Text.Json.Nodes;
using Facts.Api.Http;
using Facts.Tests;

namespace Facts.Api.Tests.Projections;

/// <summary>
/// A history as the core's tests make them, on its way into the store: about parties, keys and articles of its own, so that many can be there at once and none
/// meets another.
/// </summary>
sealed class StoredHistory
{
    static int _made;

    readonly World _world = new();

    /// <param name="generated">
    /// The generated world. The history leaves out claims that a store refuses: wholes inside their own parts, two publishers of one article, decisions about
    /// unlike things.
    /// </param>
    public StoredHistory(World generated)
    {
        var articles = generated.Claims.DistinctBy(c => c.Article.Name).ToDictionary(c => c.Article.Name, c => new Article
        {
            Id = c.Article.Id, Name = Own(c.Article.Name), Publisher = c.Article.Publisher,
        });
        foreach (var claim in generated.Claims)
            _world.Add(claim with
            {
                Article = articles[claim.Article.Name],
                Donors = CodeSet.From(claim.Donors.Codes.Select(Party)),
                Recipient = claim.Recipient is { } recipient ? Party(recipient) : null,
                CommitmentKey = Key(claim.CommitmentKey),
                DeliveryKey = Key(claim.DeliveryKey),
                RequestKey = Key(claim.RequestKey),
                PartOf = string.CompareOrdinal(claim.PartOf, claim.CommitmentKey) > 0 ? Key(claim.PartOf) : null,
            });
        foreach (var decision in generated.Decisions.Where(IsSensible)) _world.Decide(decision);
        Lines = [.. _world.Claims.Select(Line)];
    }

    /// <summary>Begins the names of all that is its own.</summary>
    public string Name { get; } = $"h{Interlocked.Increment(ref _made):00000}";

    /// <summary>The name of the history that a name in it is of.</summary>
    public static string NameOf(string own) => own.Split(' ', '-')[0];

    /// <summary>The claims as they are sent.</summary>
    public List<JsonObject> Lines { get; }

    public IEnumerable<string> Recipients =>
        _world.Claims.Where(c => c.Kind is ClaimKind.Request or ClaimKind.Pledge or ClaimKind.Delivery).Select(c => c.Recipient!).Distinct();

    /// <summary>The decisions of editors, as lines to send.</summary>
    public IEnumerable<JsonObject> Decisions => _world.Decisions.Select(decision =>
    {
        var (word, a, b) = Named(decision);
        return new JsonObject
        {
            ["decision"] = word, ["a_article"] = _world.Claims[(int)a - 1].Article.Name, ["a_external_id"] = _world.Claims[(int)a - 1].ExternalId,
            ["b_article"] = _world.Claims[(int)b - 1].Article.Name, ["b_external_id"] = _world.Claims[(int)b - 1].ExternalId, ["reason"] = "as it came",
        };
    });

    /// <summary>The balance rows that the core computes from the history.</summary>
    /// <param name="options">The day, the stage, the links.</param>
    /// <param name="groups">The fields that rows are grouped by.</param>
    /// <param name="knows">The claims that are known.</param>
    /// <param name="takes">The facts that are asked about.</param>
    public IReadOnlyList<BalanceRow> Rows(EvaluationOptions options, Grouping groups, Func<Claim, bool> knows, Func<FactState, bool> takes) =>
        Balance.Rows(States(options, knows).All.Where(takes), groups, World.Items, options.AsOf);

    /// <summary>The fact states that the core computes from the history.</summary>
    public FactStates States(EvaluationOptions options, Func<Claim, bool> knows) =>
        Balance.States(Resolution.From(_world.Claims.Where(knows), World.Items, _world.Decisions), options);

    /// <summary>A party of its own.</summary>
    public string Party(string code) => $"{Name}-{code.ToLowerInvariant()}";

    public override string ToString() => $"{Name}\n{Histories.Describe(_world)}";

    static (string Word, long A, long B) Named(Decision decision) => decision switch
    {
        Decision.Merge(_, var a, var b) => ("merge", a, b),
        Decision.Split(_, var a, var b) => ("split", a, b),
        Decision.Link(_, var a, var b) => ("link", a, b),
        Decision.Unlink(_, var a, var b) => ("unlink", a, b),
        _ => throw new InvalidOperationException($"{decision}"),
    };

    bool IsSensible(Decision decision)
    {
        var (word, a, b) = Named(decision);
        return a != b && KindOf(a) is { } kind && KindOf(b) is { } other
            && (word is "link" or "unlink" ? (kind, other) is (ClaimKind.Delivery, ClaimKind.Pledge) : kind == other);
    }

    // For claims that state a fact themselves.
    ClaimKind? KindOf(long number) =>
        number <= _world.Claims.Count && _world.Claims[(int)number - 1].Kind is var kind and (ClaimKind.Request or ClaimKind.Pledge or ClaimKind.Delivery)
            ? kind : null;

    string Own(string name) => $"{Name} {name}";

    string? Key(string? key) => key is null ? null : Own(key);

    static JsonObject Line(Claim claim) => new()
    {
        ["article_external_id"] = claim.Article.Name, ["article_publisher"] = claim.Article.Publisher, ["external_id"] = claim.ExternalId,
        ["kind"] = EnumWords.ToWord(claim.Kind), ["firmness"] = Word(claim.Firmness), ["stage"] = Word(claim.Stage), ["assessment"] = Word(claim.Assessment),
        ["rank"] = EnumWords.ToWord(claim.Rank),
        ["donors"] = new JsonArray([.. claim.Donors.Codes]), ["recipient"] = claim.Recipient, ["items"] = new JsonArray([.. claim.Items.Codes]),
        ["unit"] = claim.Unit,
        ["quantity_low"] = claim.Quantity?.Low, ["quantity_high"] = claim.Quantity?.High, ["quantity_basis"] = EnumWords.ToWord(claim.Basis),
        ["stated_on"] = claim.Stated.Text, ["happened_on"] = claim.Happened?.Text, ["due_on"] = claim.Due?.Text,
        ["condition"] = claim.Condition, ["condition_met"] = claim.ConditionMet, ["on_hold"] = claim.OnHold,
        ["commitment"] = claim.CommitmentKey, ["delivery"] = claim.DeliveryKey, ["request"] = claim.RequestKey, ["part_of"] = claim.PartOf,
    };

    static string? Word<TEnum>(TEnum? value) where TEnum : struct, Enum => value is { } given ? EnumWords.ToWord(given) : null;
}
