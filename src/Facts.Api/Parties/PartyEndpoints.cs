using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Parties;

internal static partial class PartyEndpoints
{
    public static void MapParties(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/parties", ListAsync).Documented(Fields, new("listParties", "parties", "List parties")
        {
            Description = "Who asks, gives or receives: states, alliances, organizations, companies and groups.",
        });
        routes.MapGet("/v1/parties/{code}", GetAsync).Documented(new("getParty", "parties", "Get a party")
        {
            Path = [new("code", WireType.Text, "Its code, name or an alias.") { Example = "DEU", Length = 300 }],
            Description = "By its code, name or an alias.",
            Answer = Fields.Shape(),
            Errors = [Problems.NotFound],
        });
        routes.MapPost("/v1/parties", CreateAsync).Requires(KeyScope.Edit).Documented(new("createParty", "parties", "Add a party")
        {
            Description = "Adds who asks, gives or receives. Names are found whatever their case, so none may be another's.",
            Body = typeof(PartyRequest),
            Examples = [("an alliance", """{"code":"jef","name":"Joint Expeditionary Force","kind":"alliance","aliases":["JEF nations"]}""")],
            Answer = Fields.Shape(),
            Status = StatusCodes.Status201Created,
            Errors = [Problems.Conflict, Problems.UnknownParty],
        });
        routes.MapPut("/v1/parties/{code}", PutAsync).Requires(KeyScope.Edit).Documented(new("putParty", "parties", "Add a party or take its place")
        {
            Path = [new("code", WireType.Text, "Its code, name or an alias; its code where it is new.") { Example = "NATO", Length = 300 }],
            Description = "Adds a party, or says anew all that one is: what is left out is gone. Its code is for good. Needs If-Match where it is there already.",
            Body = typeof(PartyRequest),
            Examples = [("an alliance", """{"name":"NATO","kind":"alliance","aliases":["North Atlantic Treaty Organization","Atlantic Alliance"],"members":["DEU","NLD"]}""")],
            Answer = Fields.Shape(),
            Also = [(StatusCodes.Status201Created, "It is new.")],
            Errors = [Problems.Conflict, Problems.UnknownParty, Problems.Circular, Problems.PreconditionRequired, Problems.PreconditionFailed],
        });
        routes.MapPatch("/v1/parties/{code}", PatchAsync).Requires(KeyScope.Edit).Documented(new("editParty", "parties", "Edit a party")
        {
            Path = [new("code", WireType.Text, "Its code, name or an alias.") { Example = "NATO", Length = 300 }],
            Description = "A merge patch (RFC 7396): members that are left out stay, null takes one away, a list takes the place of the whole list. Its code is for good. Needs If-Match.",
            Body = typeof(PartyRequest),
            Examples = [("its members", """{"members":["DEU","France","UK"]}"""), ("without aliases", """{"aliases":null}""")],
            Answer = Fields.Shape(),
            Errors = [Problems.NotFound, Problems.Conflict, Problems.UnknownParty, Problems.Circular, Problems.PreconditionRequired, Problems.PreconditionFailed],
        });
        routes.MapDelete("/v1/parties/{code}", DeleteAsync).Requires(KeyScope.Edit).Documented(new("deleteParty", "parties", "Delete a party")
        {
            Path = [new("code", WireType.Text, "Its code, name or an alias.") { Example = "BVT", Length = 300 }],
            Description = "Only what nothing refers to: no claim, not even one that counts no more, and no group. The answer is what it was. Needs If-Match.",
            Answer = Fields.Shape(),
            Errors = [Problems.NotFound, Problems.InUse, Problems.PreconditionRequired, Problems.PreconditionFailed],
        });
    }

    static readonly ListFields<PartyRow> Fields = new ListFields<PartyRow>("Party")
        .Id("code", p => p.Code, "States have ISO 3166-1 alpha-3.", example: "DEU")
        .Field("name", p => p.Name, "As a person would say it.")
        .Field("kind", p => p.Kind, "What kind of actor.", facet: true, words: Words.All<PartyKind>())
        .Field("aliases", p => p.Aliases, "Other names it is found by.")
        .Field("members", p => p.Members, "Codes of the parties in it.");

    static Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        Fields.AnswerAsync(http, _ => database.Set<PartyRow>().AsNoTracking(), cancel);

    static async Task<IResult> GetAsync(HttpContext http, string code, FactsContext database, CancellationToken cancel)
    {
        var party = await Named(database, code).AsNoTracking().SingleOrDefaultAsync(cancel);
        return party is null ? NotFound(code) : Fields.Item(http, party, party.Version);
    }

    static async Task<IResult> CreateAsync(HttpContext http, FactsContext database, Ledger.Ledger ledger, CancellationToken cancel)
    {
        if (Parameters.Read(http).Problem is { } wrong) return wrong;
        var (request, problem, _) = await JsonBody.ReadAsync(http, cancel, Validator);
        if (request is null) return problem!;
        return await CatalogueEdit.InTurnAsync(database, async transaction =>
        {
            var catalogue = await CatalogueStore.ReadAsync(database, cancel);
            var unfit = problem?.Errors ?? [];
            List<ProblemError> errors = [.. unfit, .. Errors(request, null, catalogue).ExceptBy(unfit.Select(e => e.Pointer), e => e.Pointer)];
            return errors.Count > 0 ? Problem.Of(errors) : await AddAsync(http, database, ledger, transaction, Known(request, catalogue), cancel);
        }, cancel);
    }
}
