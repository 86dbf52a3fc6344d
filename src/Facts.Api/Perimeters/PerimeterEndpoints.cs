using Facts.Api.Access;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Perimeters;

internal static class PerimeterEndpoints
{
    public static void MapPerimeters(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/perimeters", ListAsync).WithOperation(PerimeterListSchema.Fields, new("listPerimeters", "perimeters", "List perimeters")
        {
            Description = "Questions with a name, such as the pledges of one summit. Each has a page at `/perimeters/{code}`.",
        });
        routes.MapGet("/v1/perimeters/{code}", GetAsync).WithOperation(new("getPerimeter", "perimeters", "Get a perimeter")
        {
            Path = [Code],
            Description = "Returns the perimeter that has this code.",
            Answer = PerimeterListSchema.Fields.Shape(),
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapPut("/v1/perimeters/{code}", PutAsync).Requires(KeyScope.Edit).WithOperation(new("putPerimeter", "perimeters", "Add or replace a perimeter")
        {
            Path = [Code],
            Description = "Adds a perimeter, or replaces all members of a stored one: a member that is left out is removed. A code cannot change. "
                + "The filter is checked as the query of `listBalances` is, and stored with codes in place of names. Needs If-Match if the perimeter exists.",
            Body = typeof(PerimeterRequest),
            MayOmit = ["code"],
            Examples =
            [
                ("a summit",
                    """{"name":"The Washington summit 2024","filter":"recipient=UKR&item=air-defence&stated_from=2024-07-09&stated_to=2024-07-11"}"""),
            ],
            Answer = PerimeterListSchema.Fields.Shape(),
            Also = [(StatusCodes.Status201Created, "The perimeter is new.")],
            Errors = [Problems.UnknownParty, Problems.UnknownItem, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
        routes.MapPatch("/v1/perimeters/{code}", PatchAsync).Requires(KeyScope.Edit).WithOperation(new("editPerimeter", "perimeters", "Edit a perimeter")
        {
            Path = [Code],
            Description = "A merge patch (RFC 7396): members that are left out stay, and null removes the description. A code cannot change. Needs If-Match.",
            Body = typeof(PerimeterRequest),
            MayOmit = ["code", "name", "filter"],
            Examples = [("its description", """{"description":"Pledges of the declaration of 10 July 2024."}""")],
            Answer = PerimeterListSchema.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.UnknownParty, Problems.UnknownItem, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
        routes.MapDelete("/v1/perimeters/{code}", DeleteAsync).Requires(KeyScope.Edit).WithOperation(new("deletePerimeter", "perimeters", "Delete a perimeter")
        {
            Path = [Code],
            Description = "Deletes the perimeter. No claim and no number depends on it. The answer is the deleted perimeter. Needs If-Match.",
            Answer = PerimeterListSchema.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
    }

    static readonly ParameterSpec Code = new("code", WireType.Text, "Code of the perimeter.") { Example = "washington-2024", Length = 300 };

    /// <summary>A page of the list.</summary>
    public static Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        PerimeterListSchema.Fields.AnswerAsync(http, _ => database.Set<PerimeterRow>().AsNoTracking(), cancel);

    static Task<IResult> GetAsync(HttpContext http, string code, PerimeterEditor editor, CancellationToken cancel) => editor.GetAsync(http, code, cancel);

    static Task<IResult> PutAsync(HttpContext http, string code, PerimeterEditor editor, CancellationToken cancel) => editor.PutAsync(http, code, cancel);

    static Task<IResult> PatchAsync(HttpContext http, string code, PerimeterEditor editor, CancellationToken cancel) => editor.PatchAsync(http, code, cancel);

    static Task<IResult> DeleteAsync(HttpContext http, string code, PerimeterEditor editor, CancellationToken cancel) => editor.DeleteAsync(http, code, cancel);
}
