using System.Text.Json;
using Facts.Api.Http;
using Set = (string List, string Page, string Title, string Description);

namespace Facts.Api.Pages;

/// <summary>The store as a catalogue of data sets (DCAT 3, JSON-LD), for portals that harvest such descriptions.</summary>
internal static class DataCatalog
{
    public const string Path = "/dcat.jsonld", Type = "application/ld+json";

    const string MediaTypes = "https://www.iana.org/assignments/media-types/";

    /// <summary>The lists, each with the page that shows it to readers.</summary>
    static readonly Set[] Sets =
    [
        ("balances", "/", "Balances", "Committed, delivered, outstanding and overdue, by donor, recipient, item and unit."),
        ("commitments", "/commitments", "Commitments", "Promises, each with its numbers, its deadline and its state."),
        ("deliveries", "/deliveries", "Deliveries", "All that was handed over, with day and stage."),
        ("requests", "/", "Requests", "Stated needs, with the part of them that is unmet."),
        ("claims", "/claims", "Claims", "Single statements, each with its source and its passage."),
    ];

    // The names of the vocabularies stand in the document, so a reader need not fetch them.
    static readonly Dictionary<string, object?> Context = new()
    {
        ["dcat"] = "http://www.w3.org/ns/dcat#",
        ["dct"] = "http://purl.org/dc/terms/",
        ["foaf"] = "http://xmlns.com/foaf/0.1/",
        ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
    };

    public static async Task<IResult> AnswerAsync(HttpContext http, PageFrames frames, CancellationToken cancel)
    {
        var question = PageQuestion.Read(http, [], frames.Today);
        if (question.Errors.Count > 0) return Problem.From(question.Errors);
        if (await frames.FreshAsync(http, cancel) is { } notModified) return notModified;
        var frame = await frames.ReadAsync(http, "Catalogue", question.Address, cancel);
        return Results.Json(Catalog(frame.Store, frame.Origin, frames.Today), JsonSerializerOptions.Default, Type);
    }

    static Dictionary<string, object?> Catalog(StoreSummary store, string origin, DateOnly today) => new()
    {
        ["@context"] = Context,
        ["@id"] = origin + Path,
        ["@type"] = "dcat:Catalog",
        ["dct:title"] = store.Name,
        ["dct:description"] = store.Description,
        ["dct:publisher"] = new Dictionary<string, object?> { ["@id"] = Publisher(origin), ["@type"] = "foaf:Agent", ["foaf:name"] = store.Publisher },
        ["dct:modified"] = Typed(store.Updated, "dateTime"),
        ["dct:language"] = "en",
        ["foaf:homepage"] = Link(origin + "/"),
        ["dcat:dataset"] = Sets.Select(set => DataSet(set, store, origin, today)),
        ["dcat:service"] = new Dictionary<string, object?>
        {
            ["@id"] = origin + Path + "#service",
            ["@type"] = "dcat:DataService",
            ["dct:title"] = "The HTTP interface",
            ["dcat:endpointURL"] = Link(origin + "/v1"),
            ["dcat:endpointDescription"] = Link(origin + "/openapi/v1.json"),
            ["dcat:servesDataset"] = Sets.Select(set => Link(Id(set.List, origin))),
        },
    };

    static Dictionary<string, object?> DataSet(Set set, StoreSummary store, string origin, DateOnly today) => new()
    {
        ["@id"] = Id(set.List, origin),
        ["@type"] = "dcat:Dataset",
        ["dct:title"] = $"{store.Name}: {set.Title}",
        ["dct:description"] = set.Description,
        ["dct:publisher"] = Link(Publisher(origin)),
        ["dct:modified"] = Typed(store.Updated, "dateTime"),
        ["dcat:version"] = WireValue.Format(store.Version),
        ["dct:temporal"] = store.First is null ? null : new Dictionary<string, object?>
        {
            ["@type"] = "dct:PeriodOfTime",
            ["dcat:startDate"] = Typed(store.First, "date"),
            ["dcat:endDate"] = Typed(store.Last, "date"),
        },
        ["dct:conformsTo"] = Link(origin + "/docs/semantics"),
        ["dcat:landingPage"] = Link(origin + set.Page),
        ["dcat:distribution"] = Format.ForList.Select(format => Distribution(set.List, format, store, origin, today)),
    };

    static Dictionary<string, object?> Distribution(string list, Format format, StoreSummary store, string origin, DateOnly today)
    {
        var question = new PageAddress("/v1/" + list, list == "balances" ? [("group_by", "donor,recipient,item")] : []);
        var address = origin + question.With("format", format.Word);
        // JSON comes in pages, so one address gives no whole file. A licence without an address is a sentence.
        var isLink = Uri.TryCreate(store.License, UriKind.Absolute, out _);
        return new()
        {
            ["@id"] = $"{Id(list, origin)}-{format.Word}",
            ["@type"] = "dcat:Distribution",
            ["dct:title"] = $"{FileName.Of(list, question.Query, today)}.{format.Word}",
            ["dcat:accessURL"] = Link(address),
            ["dcat:downloadURL"] = format == Format.Json ? null : Link(address + "&download=true"),
            ["dcat:mediaType"] = Link(MediaTypes + format.MediaType),
            ["dct:license"] = isLink ? Link(store.License!) : null,
            ["dct:rights"] = isLink ? null : store.License,
        };
    }

    static string Id(string list, string origin) => $"{origin}{Path}#{list}";

    static string Publisher(string origin) => origin + Path + "#publisher";

    static Dictionary<string, object?> Link(string address) => new() { ["@id"] = address };

    static Dictionary<string, object?>? Typed(object? value, string type) =>
        value is null ? null : new() { ["@type"] = "xsd:" + type, ["@value"] = WireValue.Format(value) };
}
