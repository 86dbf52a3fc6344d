using Facts.Api.Access;
using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Catalogue;

internal static class PartyEndpoints
{
    public static void MapParties(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/parties", ListAsync).WithOperation(PartyListSchema.Fields, new("listParties", "parties", "List parties")
        {
            Description = "Parties that ask, give or receive: states, alliances, organizations, companies and groups.",
        });
        routes.MapGet("/v1/parties/{code}", GetAsync).WithOperation(new("getParty", "parties", "Get a party")
        {
            Path = [new("code", WireType.Text, "Code, name or alias of the party.") { Example = "DEU", Length = 300 }],
            Description = "Returns the party that has this code, name or alias.",
            Answer = PartyListSchema.Fields.Shape(),
            Also = [(StatusCodes.Status308PermanentRedirect, "The party was merged into the one at `Location`.")],
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapPost("/v1/parties", CreateAsync).Requires(KeyScope.Edit).WithOperation(new("createParty", "parties", "Add a party")
        {
            Description = "Adds a party that asks, gives or receives. Names are compared without case. A name that another party has is a conflict.",
            Body = typeof(PartyRequest),
            Examples = [("an alliance", """{"code":"jef","name":"Joint Expeditionary Force","kind":"alliance","aliases":["JEF nations"]}""")],
            Answer = PartyListSchema.Fields.Shape(),
            Status = StatusCodes.Status201Created,
            Errors = [Problems.Conflict, Problems.UnknownParty],
        }).ValidatesParameters();
        routes.MapPut("/v1/parties/{code}", PutAsync).Requires(KeyScope.Edit).WithOperation(new("putParty", "parties", "Add or replace a party")
        {
            Path = [new("code", WireType.Text, "Code, name or alias of the party; for a new party its code.") { Example = "NATO", Length = 300 }],
            Description = "Adds a party, or replaces all members of a stored one: a member that is left out is removed. A code cannot change. "
                + "Needs If-Match if the party exists.",
            Body = typeof(PartyRequest),
            MayOmit = ["code"],
            Examples =
            [
                ("an alliance",
                    """{"name":"NATO","kind":"alliance","aliases":["North Atlantic Treaty Organization","Atlantic Alliance"],"members":["DEU","NLD"]}"""),
            ],
            Answer = PartyListSchema.Fields.Shape(),
            Also = [(StatusCodes.Status201Created, "The party is new.")],
            Errors = [Problems.Conflict, Problems.UnknownParty, Problems.Circular, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
        routes.MapPatch("/v1/parties/{code}", PatchAsync).Requires(KeyScope.Edit).WithOperation(new("editParty", "parties", "Edit a party")
        {
            Path = [new("code", WireType.Text, "Code, name or alias of the party.") { Example = "NATO", Length = 300 }],
            Description = "A merge patch (RFC 7396): members that are left out stay, null removes a member, and a list replaces the whole list. "
                + "A code cannot change. Needs If-Match.",
            Body = typeof(PartyRequest),
            MayOmit = ["code", "name"],
            Examples = [("its members", """{"members":["DEU","France","UK"]}"""), ("without aliases", """{"aliases":null}""")],
            Answer = PartyListSchema.Fields.Shape(),
            Errors =
            [
                Problems.NotFound, Problems.Conflict, Problems.UnknownParty, Problems.Circular, Problems.PreconditionRequired,
                Problems.PreconditionFailed,
            ],
        }).ValidatesParameters();
        routes.MapDelete("/v1/parties/{code}", DeleteAsync).Requires(KeyScope.Edit).WithOperation(new("deleteParty", "parties", "Delete a party")
        {
            Path = [new("code", WireType.Text, "Code, name or alias of the party.") { Example = "BVT", Length = 300 }],
            Description = "Deletes a party to which nothing refers: no claim that counts, and no group. "
                + "Earlier record times still show its name. "
                + "The answer is the deleted party. Needs If-Match.",
            Answer = PartyListSchema.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.InUse, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
    }

    static Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        PartyListSchema.Fields.AnswerAsync(http, database.Listed<PartyRow, PartyNameRow>, cancel);

    static Task<IResult> GetAsync(HttpContext http, string code, PartyEditor editor, CancellationToken cancel) => editor.GetAsync(http, code, cancel);

    static Task<IResult> CreateAsync(HttpContext http, PartyEditor editor, CancellationToken cancel) => editor.CreateAsync(http, cancel);

    static Task<IResult> PutAsync(HttpContext http, string code, PartyEditor editor, CancellationToken cancel) => editor.PutAsync(http, code, cancel);

    static Task<IResult> PatchAsync(HttpContext http, string code, PartyEditor editor, CancellationToken cancel) => editor.PatchAsync(http, code, cancel);

    static Task<IResult> DeleteAsync(HttpContext http, string code, PartyEditor editor, CancellationToken cancel) => editor.DeleteAsync(http, code, cancel);
}
