using Facts.Api.Access;
using Facts.Api.Http;

namespace Facts.Api.Merges;

internal static class MergeEndpoints
{
    static readonly ParameterSpec[] Query = [new("dry_run", WireType.Flag, "Do everything and report it, but store nothing.") { Default = "false" }];

    public static void MapMerges(this IEndpointRouteBuilder routes)
    {
        Map(routes, MergeKind.Party, "parties", "party", "Party", "HMD", """{"into":"AUS","decided_by":"an editor","reason":"it belongs to Australia"}""");
        Map(routes, MergeKind.Item, "items", "item", "Item", "iris-t-sls", """{"into":"iris-t-slm","decided_by":"an editor","reason":"one system"}""");
    }

    static void Map(IEndpointRouteBuilder routes, MergeKind kind, string table, string noun, string name, string example, string body)
    {
        var path = $"/v1/{table}/{{code}}/merge";
        var unknown = kind == MergeKind.Party ? Problems.UnknownParty : Problems.UnknownItem;
        ParameterSpec[] code = [new("code", WireType.Text, $"Code, name or alias of the {noun} that is merged.") { Example = example, Length = 300 }];
        routes.MapPost(path, (HttpContext http, string code, CatalogueMerger merger, CancellationToken cancel) => merger.MergeAsync(http, kind, code, cancel))
            .Requires(KeyScope.Edit).WithOperation(new($"merge{name}", table, $"Merge one {noun} into another")
            {
                Path = code,
                Query = Query,
                Description = $"All claims that name the {noun} name the other one from now on, its names become aliases of the other one, and its code "
                    + "answers 308. The answer lists the balances that moved. With `dry_run=true` nothing is stored, and the answer is 200. "
                    + "The merge can be undone.",
                Body = typeof(MergeRequest),
                Examples = [("a merge", body)],
                Answer = typeof(MergeResponse),
                Status = StatusCodes.Status201Created,
                Also = [(StatusCodes.Status200OK, "A dry run: the answer lists all that the merge would change.")],
                Errors = [Problems.NotFound, Problems.Conflict, Problems.InUse, unknown, Problems.Circular],
            }).ValidatesParameters();
        routes.MapGet(path, (HttpContext http, string code, CatalogueMerger merger, CancellationToken cancel) => merger.GetAsync(http, kind, code, cancel))
            .WithOperation(new($"get{name}Merge", table, $"Get the merge of one {noun} into another")
            {
                Path = code,
                Description = "The last merge, in force or undone. The code is that of the merged entry.",
                Answer = typeof(MergeResponse),
                Errors = [Problems.NotFound],
            }).ValidatesParameters().ReadsSnapshot();
        routes.MapDelete(path, (HttpContext http, string code, CatalogueMerger merger, CancellationToken cancel) => merger.UndoAsync(http, kind, code, cancel))
            .Requires(KeyScope.Edit).WithOperation(new($"undo{name}Merge", table, $"Undo the merge of one {noun} into another")
            {
                Path = code,
                Description = $"Claims, names and groups are as they were. Claims recorded since the merge keep the {noun} that stayed. Needs If-Match.",
                Answer = typeof(MergeResponse),
                Errors = [Problems.NotFound, Problems.Conflict, Problems.PreconditionRequired, Problems.PreconditionFailed],
            }).ValidatesParameters();
    }
}
