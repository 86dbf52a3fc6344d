using Facts.Api.Access;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Catalogue;

internal static class ItemEndpoints
{
    public static void MapItems(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/items", ListAsync).WithOperation(ItemListSchema.Fields, new("listItems", "items", "List items") { Description = "What is given, a tree by `parent`: IRIS-T is air defence." });
        routes.MapGet("/v1/items/{code}", (HttpContext http, string code, ItemEditor editor, CancellationToken cancel) => editor.GetAsync(http, code, cancel)).WithOperation(new("getItem", "items", "Get an item")
        {
            Path = [new("code", WireType.Text, "Its code, name or an alias.") { Example = "iris-t", Length = 300 }],
            Description = "By its code, name or an alias.",
            Answer = ItemListSchema.Fields.Shape(),
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapPost("/v1/items", (HttpContext http, ItemEditor editor, CancellationToken cancel) => editor.CreateAsync(http, cancel)).Requires(KeyScope.Edit).WithOperation(new("createItem", "items", "Add an item")
        {
            Description = "Adds to the tree of what is given. Names are found whatever their case, so none may be another's.",
            Body = typeof(ItemRequest),
            Examples = [("a model", """{"code":"iris-t-slx","name":"IRIS-T SLX","parent":"iris-t","unit":"system","aliases":["SLX"]}""")],
            Answer = ItemListSchema.Fields.Shape(),
            Status = StatusCodes.Status201Created,
            Errors = [Problems.Conflict, Problems.UnknownItem],
        }).ValidatesParameters();
        routes.MapPut("/v1/items/{code}", (HttpContext http, string code, ItemEditor editor, CancellationToken cancel) => editor.PutAsync(http, code, cancel)).Requires(KeyScope.Edit).WithOperation(new("putItem", "items", "Add an item or take its place")
        {
            Path = [new("code", WireType.Text, "Its code, name or an alias; its code where it is new.") { Example = "iris-t-slm", Length = 300 }],
            Description = "Adds an item, or says anew all that one is: what is left out is gone. Its code is for good. Needs If-Match where it is there already. "
                + "With another parent it moves: see `editItem`.",
            Body = typeof(ItemRequest),
            Examples = [("a model", """{"name":"IRIS-T SLM","parent":"iris-t","unit":"system","aliases":["SLM"]}""")],
            Answer = ItemListSchema.Fields.Shape(),
            Also = [(StatusCodes.Status201Created, "It is new.")],
            Errors = [Problems.Conflict, Problems.UnknownItem, Problems.Circular, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
        routes.MapPatch("/v1/items/{code}", (HttpContext http, string code, ItemEditor editor, CancellationToken cancel) => editor.PatchAsync(http, code, cancel)).Requires(KeyScope.Edit).WithOperation(new("editItem", "items", "Edit an item")
        {
            Path = [new("code", WireType.Text, "Its code, name or an alias.") { Example = "iris-t-sls", Length = 300 }],
            Description = "A merge patch (RFC 7396): members that are left out stay, null takes one away, a list takes the place of the whole list. Its code is for good. Needs If-Match. "
                + "With another `parent` it moves, and all below it: links, totals and unmet need that depend on the tree are computed again with this write, and the change lists what moved. "
                + "The catalogue has no history: answers for any day, and with any `known_at`, use it as it is. Another `unit` is for later claims.",
            Body = typeof(ItemRequest),
            Examples = [("move it", """{"parent":"short-range-sam"}"""), ("without a usual unit", """{"unit":null}""")],
            Answer = ItemListSchema.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.Conflict, Problems.UnknownItem, Problems.Circular, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
        routes.MapDelete("/v1/items/{code}", (HttpContext http, string code, ItemEditor editor, CancellationToken cancel) => editor.DeleteAsync(http, code, cancel)).Requires(KeyScope.Edit).WithOperation(new("deleteItem", "items", "Delete an item")
        {
            Path = [new("code", WireType.Text, "Its code, name or an alias.") { Example = "gepard", Length = 300 }],
            Description = "Only what nothing refers to: no claim, not even one that counts no more, and no item below it. The answer is what it was. Needs If-Match.",
            Answer = ItemListSchema.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.InUse, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
    }

    static Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        ItemListSchema.Fields.AnswerAsync(http, _ => database.Set<ItemRow>().AsNoTracking(), cancel);
}
