using Facts.Api.Access;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Catalogue;

internal static class PartyEndpoints
{
    public static void MapParties(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/parties", ListAsync).WithOperation(PartyListSchema.Fields, new("listParties", "parties", "List parties")
        {
            Description = "Who asks, gives or receives: states, alliances, organizations, companies and groups.",
        });
        routes.MapGet("/v1/parties/{code}", (HttpContext http, string code, PartyEditor editor, CancellationToken cancel) => editor.GetAsync(http, code, cancel)).WithOperation(new("getParty", "parties", "Get a party")
        {
            Path = [new("code", WireType.Text, "Its code, name or an alias.") { Example = "DEU", Length = 300 }],
            Description = "By its code, name or an alias.",
            Answer = PartyListSchema.Fields.Shape(),
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapPost("/v1/parties", (HttpContext http, PartyEditor editor, CancellationToken cancel) => editor.CreateAsync(http, cancel)).Requires(KeyScope.Edit).WithOperation(new("createParty", "parties", "Add a party")
        {
            Description = "Adds who asks, gives or receives. Names are found whatever their case, so none may be another's.",
            Body = typeof(PartyRequest),
            Examples = [("an alliance", """{"code":"jef","name":"Joint Expeditionary Force","kind":"alliance","aliases":["JEF nations"]}""")],
            Answer = PartyListSchema.Fields.Shape(),
            Status = StatusCodes.Status201Created,
            Errors = [Problems.Conflict, Problems.UnknownParty],
        }).ValidatesParameters();
        routes.MapPut("/v1/parties/{code}", (HttpContext http, string code, PartyEditor editor, CancellationToken cancel) => editor.PutAsync(http, code, cancel)).Requires(KeyScope.Edit).WithOperation(new("putParty", "parties", "Add a party or take its place")
        {
            Path = [new("code", WireType.Text, "Its code, name or an alias; its code where it is new.") { Example = "NATO", Length = 300 }],
            Description = "Adds a party, or says anew all that one is: what is left out is gone. Its code is for good. Needs If-Match where it is there already.",
            Body = typeof(PartyRequest),
            Examples = [("an alliance", """{"name":"NATO","kind":"alliance","aliases":["North Atlantic Treaty Organization","Atlantic Alliance"],"members":["DEU","NLD"]}""")],
            Answer = PartyListSchema.Fields.Shape(),
            Also = [(StatusCodes.Status201Created, "It is new.")],
            Errors = [Problems.Conflict, Problems.UnknownParty, Problems.Circular, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
        routes.MapPatch("/v1/parties/{code}", (HttpContext http, string code, PartyEditor editor, CancellationToken cancel) => editor.PatchAsync(http, code, cancel)).Requires(KeyScope.Edit).WithOperation(new("editParty", "parties", "Edit a party")
        {
            Path = [new("code", WireType.Text, "Its code, name or an alias.") { Example = "NATO", Length = 300 }],
            Description = "A merge patch (RFC 7396): members that are left out stay, null takes one away, a list takes the place of the whole list. Its code is for good. Needs If-Match.",
            Body = typeof(PartyRequest),
            Examples = [("its members", """{"members":["DEU","France","UK"]}"""), ("without aliases", """{"aliases":null}""")],
            Answer = PartyListSchema.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.Conflict, Problems.UnknownParty, Problems.Circular, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
        routes.MapDelete("/v1/parties/{code}", (HttpContext http, string code, PartyEditor editor, CancellationToken cancel) => editor.DeleteAsync(http, code, cancel)).Requires(KeyScope.Edit).WithOperation(new("deleteParty", "parties", "Delete a party")
        {
            Path = [new("code", WireType.Text, "Its code, name or an alias.") { Example = "BVT", Length = 300 }],
            Description = "Only what nothing refers to: no claim, not even one that counts no more, and no group. The answer is what it was. Needs If-Match.",
            Answer = PartyListSchema.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.InUse, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
    }

    static Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        PartyListSchema.Fields.AnswerAsync(http, _ => database.Set<PartyRow>().AsNoTracking(), cancel);
}
