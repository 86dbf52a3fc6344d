using Facts.Api.Access;
using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Catalogue;

internal static class ItemEndpoints
{
    public static void MapItems(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/items", ListAsync).WithOperation(ItemListSchema.Fields, new("listItems", "items", "List items")
        {
            Description = "Things that are given. They form a tree by `parent`: IRIS-T is below air defence.",
        });
        routes.MapGet("/v1/items/{code}", GetAsync).WithOperation(new("getItem", "items", "Get an item")
        {
            Path = [new("code", WireType.Text, "Code, name or alias of the item.") { Example = "iris-t", Length = 300 }],
            Description = "Returns the item that has this code, name or alias.",
            Answer = ItemListSchema.Fields.Shape(),
            Also = [(StatusCodes.Status308PermanentRedirect, "The item was merged into the one at `Location`.")],
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapPost("/v1/items", CreateAsync).Requires(KeyScope.Edit).WithOperation(new("createItem", "items", "Add an item")
        {
            Description = "Adds an item to the tree of items. Names are compared without case. A name that another item has is a conflict.",
            Body = typeof(ItemRequest),
            Examples = [("a model", """{"code":"iris-t-slx","name":"IRIS-T SLX","parent":"iris-t","unit":"system","aliases":["SLX"]}""")],
            Answer = ItemListSchema.Fields.Shape(),
            Status = StatusCodes.Status201Created,
            Errors = [Problems.Conflict, Problems.UnknownItem],
        }).ValidatesParameters();
        routes.MapPut("/v1/items/{code}", PutAsync).Requires(KeyScope.Edit).WithOperation(new("putItem", "items", "Add or replace an item")
        {
            Path = [new("code", WireType.Text, "Code, name or alias of the item; for a new item its code.") { Example = "iris-t-slm", Length = 300 }],
            Description = "Adds an item, or replaces all members of a stored one: a member that is left out is removed. A code cannot change. "
                + "Needs If-Match if the item exists. An item with another parent moves in the tree: see `editItem`.",
            Body = typeof(ItemRequest),
            MayOmit = ["code"],
            Examples = [("a model", """{"name":"IRIS-T SLM","parent":"iris-t","unit":"system","aliases":["SLM"]}""")],
            Answer = ItemListSchema.Fields.Shape(),
            Also = [(StatusCodes.Status201Created, "The item is new.")],
            Errors = [Problems.Conflict, Problems.UnknownItem, Problems.Circular, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
        routes.MapPatch("/v1/items/{code}", PatchAsync).Requires(KeyScope.Edit).WithOperation(new("editItem", "items", "Edit an item")
        {
            Path = [new("code", WireType.Text, "Code, name or alias of the item.") { Example = "iris-t-sls", Length = 300 }],
            Description = "A merge patch (RFC 7396): members that are left out stay, null removes a member, and a list replaces the whole list. "
                + "A code cannot change. Needs If-Match. "
                + "With another `parent` the item moves, with all items below it. "
                + "This write recomputes the links, balances and unmet need that depend on the tree, and its change lists those that changed. "
                + "The catalogue has no history: answers for any day, and with any `known_at`, use the present tree. "
                + "Another `unit` applies only to later claims.",
            Body = typeof(ItemRequest),
            MayOmit = ["code", "name"],
            Examples = [("move it", """{"parent":"short-range-sam"}"""), ("without a usual unit", """{"unit":null}""")],
            Answer = ItemListSchema.Fields.Shape(),
            Errors =
            [
                Problems.NotFound, Problems.Conflict, Problems.UnknownItem, Problems.Circular, Problems.PreconditionRequired,
                Problems.PreconditionFailed,
            ],
        }).ValidatesParameters();
        routes.MapDelete("/v1/items/{code}", DeleteAsync).Requires(KeyScope.Edit).WithOperation(new("deleteItem", "items", "Delete an item")
        {
            Path = [new("code", WireType.Text, "Code, name or alias of the item.") { Example = "gepard", Length = 300 }],
            Description = "Deletes an item to which nothing refers: no claim that counts, and no item below it. "
                + "Earlier record times still show its name. "
                + "The answer is the deleted item. Needs If-Match.",
            Answer = ItemListSchema.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.InUse, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
    }

    static Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        ItemListSchema.Fields.AnswerAsync(http, database.Listed<ItemRow, ItemNameRow>, cancel);

    static Task<IResult> GetAsync(HttpContext http, string code, ItemEditor editor, CancellationToken cancel) => editor.GetAsync(http, code, cancel);

    static Task<IResult> CreateAsync(HttpContext http, ItemEditor editor, CancellationToken cancel) => editor.CreateAsync(http, cancel);

    static Task<IResult> PutAsync(HttpContext http, string code, ItemEditor editor, CancellationToken cancel) => editor.PutAsync(http, code, cancel);

    static Task<IResult> PatchAsync(HttpContext http, string code, ItemEditor editor, CancellationToken cancel) => editor.PatchAsync(http, code, cancel);

    static Task<IResult> DeleteAsync(HttpContext http, string code, ItemEditor editor, CancellationToken cancel) => editor.DeleteAsync(http, code, cancel);
}
