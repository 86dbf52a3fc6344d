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
        if (problem is not null) return problem;
        var item = request!.ToItem();
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        var change = await ledger.BeginAsync(ChangeKind.Item, cancel);
        var catalogue = await CatalogueStore.ReadAsync(database, cancel);
        var names = item.Aliases.Prepend(item.Name).Prepend(item.Code).Select(Catalogue.Key).Distinct().ToList();
        if (names.FirstOrDefault(n => catalogue.Item(n) is not null) is { } taken)
            return Problems.Conflict.Because($"'{taken}' is a code, name or alias of {catalogue.Item(taken)!.Code} already");
        if (item.Parent is { } parent)
        {
            if (catalogue.Item(parent) is not { } known)
                return Problems.UnknownItem.At(ProblemError.InBody(Problems.UnknownItem, "/parent", $"no item has the code, name or alias '{parent}'", parent, Nearest.Of(parent, catalogue.ItemNames)));
            item.Parent = known.Code;
        }

        database.Add(item);
        database.AddRange(names.Select(n => new ItemNameRow { Name = n, Code = item.Code }));
        await database.SaveChangesAsync(cancel);
        change.Touched("items", item.Code, "created");
        await ledger.EndAsync(change, cancel);
        await transaction.CommitAsync(cancel);
        return Fields.Created(http, item, item.Version, $"/v1/items/{item.Code}");
    }
}
