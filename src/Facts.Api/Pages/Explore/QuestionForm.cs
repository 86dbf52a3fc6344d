using Facts.Api.Http;

namespace Facts.Api.Pages;

/// <summary>The form of a question: the controls for what the page's parameters declare, filled in with the question as it stands.</summary>
internal sealed record QuestionForm
{
    public required PageQuestion Question { get; init; }

    /// <summary>The parameters that the page takes.</summary>
    public required IReadOnlyList<ParameterSpec> Specs { get; init; }

    /// <summary>All errors of the question.</summary>
    public required IReadOnlyList<ProblemError> Errors { get; init; }

    /// <summary>Display names, by <c>party:CODE</c> and <c>item:code</c>.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>The facets: values with counts, by parameter.</summary>
    public IReadOnlyList<Facet> Facets { get; init; } = [];

    /// <summary>The beginning of the question in words.</summary>
    public required string Lead { get; init; }

    /// <summary>Controls of the sentence itself. All others stand under "More conditions".</summary>
    static readonly string[] Sentence = ["recipient", "donor", "item", "unit", "as_of", "q"];

    static readonly string[] Conditions =
    [
        "status", "overdue", "firmness", "kind", "stage", "min_stage", "stated_from", "stated_to", "due_from", "due_to", "happened_from", "happened_to",
        "published_from", "published_to", "publisher", "article_publisher", "attribution", "links", "vague", "known_at",
    ];

    public PageAddress Address => Question.Address;

    public bool Takes(string name) => Specs.Any(s => s.Name == name);

    public ParameterSpec Spec(string name) => Specs.First(s => s.Name == name);

    public IEnumerable<ParameterSpec> More => Conditions.Where(Takes).Select(Spec);

    /// <summary>True if a condition beyond the sentence is set, so that the list of them is open.</summary>
    public bool HasMore => More.Any(s => Address.Value(s.Name) is not null || Errors.Any(e => e.Parameter == s.Name));

    /// <summary>The values that have no control of their own. The form carries them on.</summary>
    public IEnumerable<(string Name, string Value)> Carried =>
        Address.Query.Where(p => Takes(p.Name) && !Sentence.Contains(p.Name) && !Conditions.Contains(p.Name)
            && p.Name is not ("group_by" or "cursor" or "start"));

    /// <summary>The filters that are set, each with the address without it.</summary>
    public IEnumerable<(string Label, string Value, string Without)> Chips =>
        from part in Address.Query
        where Takes(part.Name) && part.Name is not ("group_by" or "sort" or "fields" or "cursor" or "start" or "limit")
        from value in Spec(part.Name).Many ? part.Value.Split(',') : [part.Value]
        let rest = Spec(part.Name).Many
            ? Address.WithAll(part.Name, Address.Values(part.Name).SelectMany(v => v.Split(',')).Where(v => v != value))
            : Address.With(part.Name, null)
        select (Label(part.Name), Shown(part.Name, value), rest.ToString());

    /// <summary>The text in a field: names in place of codes.</summary>
    public string? Text(string name) => Address.Values(name).ToList() is { Count: > 0 } values
        ? string.Join(", ", values.SelectMany(v => v.Split(',')).Select(v => QueryText.Quoted(NameOf(name, v)))) : null;

    public string Shown(string name, string value) => Spec(name).Type.Kind switch
    {
        WireKind.Day when WireValue.Parse(value, WireType.Day) is DateOnly day => Show.Day(day),
        WireKind.Word => Show.Word(value),
        _ => NameOf(name, value),
    };

    /// <summary>How a day was read, where the field has one.</summary>
    public string? Reading(string name) => Address.Value(name) is not { } text ? null
        : WireValue.Parse(text, WireType.Day) is DateOnly day ? "read as " + Show.Day(day)
        : WireValue.Parse(text, WireType.Instant) is DateTimeOffset moment ? "read as " + Show.Moment(moment) : null;

    public IReadOnlyList<FacetChoice> Choices(string name) => Facets.FirstOrDefault(f => f.Name == name)?.Values ?? [];

    public static string Label(string name) => name switch
    {
        "q" => "words",
        "as_of" => "as of",
        "known_at" => "known at",
        "min_stage" => "counts from stage",
        "article_publisher" or "publisher" => "publisher",
        "vague" => "vague words read by",
        "links" => "deliveries matched",
        _ => Show.Word(name.Replace("__", " ", StringComparison.Ordinal)),
    };

    string NameOf(string parameter, string code) => parameter switch
    {
        "donor" or "recipient" => Names.GetValueOrDefault("party:" + code, code),
        "item" or "category" => Names.GetValueOrDefault("item:" + code, code),
        _ => code,
    };
}
