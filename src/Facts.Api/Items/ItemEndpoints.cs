using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Items;

internal static class ItemEndpoints
{
    public static void MapItems(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/items", ListAsync).Documented(Fields, new("listItems", "items", "List items") { Description = "What is given, a tree by `parent`: IRIS-T is air defence." });
        routes.MapGet("/v1/items/{code}", GetAsync).Documented(new("getItem", "items", "Get an item")
        {
            Path = [new("code", WireType.Text, "Its code, name or an alias.") { Example = "iris-t", Length = 300 }],
            Description = "By its code, name or an alias.",
            Answer = Fields.Shape(),
            Errors = [Problems.NotFound],
        });
        routes.MapPost("/v1/items", CreateAsync).Requires(KeyScope.Edit).Documented(new("createItem", "items", "Add an item")
        {
            Description = "Adds to the tree of what is given. Names are found whatever their case, so none may be another's.",
            Body = typeof(ItemRequest),
            Examples = [("a model", """{"code":"iris-t-slx","name":"IRIS-T SLX","parent":"iris-t","unit":"system","aliases":["SLX"]}""")],
            Answer = Fields.Shape(),
            Status = StatusCodes.Status201Created,
            Errors = [Problems.Conflict, Problems.UnknownItem],
        });
    }

    static readonly ListFields<ItemRow> Fields = new ListFields<ItemRow>("Item")
        .Id("code", i => i.Code, "A slug.", example: "iris-t")
        .Field("name", i => i.Name, "As a person would say it.")
        .Field("parent", i => i.Parent, "Code of the wider item.", facet: true)
        .Field("unit", i => i.Unit, "What it is counted in where a claim names no unit.", facet: true)
        .Field("aliases", i => i.Aliases, "Other names it is found by.");

    static Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        Fields.AnswerAsync(http, _ => database.Set<ItemRow>().AsNoTracking(), cancel);

    static async Task<IResult> GetAsync(HttpContext http, string code, FactsContext database, CancellationToken cancel)
    {
        var name = Catalogue.Key(code.Replace("\0", ""));
        var item = await database.Set<ItemRow>().AsNoTracking()
            .SingleOrDefaultAsync(i => database.Set<ItemNameRow>().Any(n => n.Name == name && n.Code == i.Code), cancel);
        return item is null ? Problems.NotFound.Because($"there is no item '{code}'") : Fields.Item(http, item, item.Version);
    }

    static async Task<IResult> CreateAsync(HttpContext http, FactsContext database, Ledger.Ledger ledger, CancellationToken cancel)
    {
        if (Parameters.Read(http).Problem is { } wrong) return wrong;
        var (request, problem, _) = await JsonBody.ReadAsync(http, cancel, new ItemRequestValidator());
        if (request is null) return problem!;
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        var change = await ledger.BeginAsync(ChangeKind.Item, cancel);
        var catalogue = await CatalogueStore.ReadAsync(database, cancel);
        var unfit = problem?.Errors ?? [];
        List<ProblemError> errors = [.. unfit, .. Misnamed(request, catalogue).ExceptBy(unfit.Select(e => e.Pointer), e => e.Pointer)];
        if (errors.Count > 0) return Problem.Of(errors);
        var item = request.ToItem();
        var names = item.Aliases.Prepend(item.Name).Prepend(item.Code).Select(Catalogue.Key).Distinct().ToList();
        if (item.Parent is { } parent) item.Parent = catalogue.Item(parent)!.Code;
        database.Add(item);
        database.AddRange(names.Select(n => new ItemNameRow { Name = n, Code = item.Code }));
        await database.SaveChangesAsync(cancel);
        change.Touched("items", item.Code, "created");
        await ledger.EndAsync(change, cancel);
        await transaction.CommitAsync(cancel);
        return Fields.Created(http, item, item.Version, $"/v1/items/{item.Code}");
    }

    /// <summary>Names that another item has, and a wider item that is none.</summary>
    static IEnumerable<ProblemError> Misnamed(ItemRequest request, Catalogue catalogue)
    {
        List<(string Pointer, string? Name)> names = [("/code", request.Code), ("/name", request.Name), .. (request.Aliases ?? []).Select((a, i) => ($"/aliases/{i}", (string?)a))];
        foreach (var (pointer, name) in names)
            if (name is not null && catalogue.Item(name) is { } other)
                yield return ProblemError.InBody(Problems.Conflict, pointer, $"'{name}' is a code, name or alias of {other.Code} already", name);
        if (request.Parent is { } parent && catalogue.Item(parent) is null)
            yield return ProblemError.InBody(Problems.UnknownItem, "/parent", $"no item has the code, name or alias '{parent}'", parent, Nearest.Of(parent, catalogue.ItemNames));
    }
}
