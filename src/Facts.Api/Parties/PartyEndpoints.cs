using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Parties;

internal static class PartyEndpoints
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
        var name = Catalogue.Key(code.Replace("\0", ""));
        var party = await database.Set<PartyRow>().AsNoTracking()
            .SingleOrDefaultAsync(p => database.Set<PartyNameRow>().Any(n => n.Name == name && n.Code == p.Code), cancel);
        return party is null ? Problems.NotFound.Because($"there is no party '{code}'") : Fields.Item(http, party, party.Version);
    }

    static async Task<IResult> CreateAsync(HttpContext http, FactsContext database, Ledger.Ledger ledger, CancellationToken cancel)
    {
        if (Parameters.Read(http).Problem is { } wrong) return wrong;
        var (request, problem, _) = await JsonBody.ReadAsync(http, cancel, new PartyRequestValidator());
        if (request is null) return problem!;
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        var change = await ledger.BeginAsync(ChangeKind.Party, cancel);
        var catalogue = await CatalogueStore.ReadAsync(database, cancel);
        var unfit = problem?.Errors ?? [];
        List<ProblemError> errors = [.. unfit, .. Misnamed(request, catalogue).ExceptBy(unfit.Select(e => e.Pointer), e => e.Pointer)];
        if (errors.Count > 0) return Problem.Of(errors);
        var party = request.ToParty();
        var names = party.Aliases.Prepend(party.Name).Prepend(party.Code).Select(Catalogue.Key).Distinct().ToList();
        party.Members = [.. party.Members.Select(m => catalogue.Party(m)!).Distinct()];
        database.Add(party);
        database.AddRange(names.Select(n => new PartyNameRow { Name = n, Code = party.Code }));
        await database.SaveChangesAsync(cancel);
        change.Touched("parties", party.Code, "created");
        await ledger.EndAsync(change, cancel);
        await transaction.CommitAsync(cancel);
        return Fields.Created(http, party, party.Version, $"/v1/parties/{party.Code}");
    }

    /// <summary>Names that another party has, and members that are none.</summary>
    static IEnumerable<ProblemError> Misnamed(PartyRequest request, Catalogue catalogue)
    {
        List<(string Pointer, string? Name)> names = [("/code", request.Code), ("/name", request.Name), .. (request.Aliases ?? []).Select((a, i) => ($"/aliases/{i}", (string?)a))];
        foreach (var (pointer, name) in names)
            if (name is not null && catalogue.Party(name) is { } other)
                yield return ProblemError.InBody(Problems.Conflict, pointer, $"'{name}' is a code, name or alias of {other} already", name);
        foreach (var (i, member) in (request.Members ?? []).Index())
            if (catalogue.Party(member) is null)
                yield return ProblemError.InBody(Problems.UnknownParty, $"/members/{i}", $"no party has the code, name or alias '{member}'", member, Nearest.Of(member, catalogue.PartyNames));
    }
}
