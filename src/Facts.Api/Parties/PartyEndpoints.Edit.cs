using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Parties;

internal static partial class PartyEndpoints
{
    static readonly PartyRequestValidator Validator = new();

    static async Task<IResult> PutAsync(HttpContext http, string code, FactsContext database, Ledger.Ledger ledger, CancellationToken cancel)
    {
        var (bound, problem) = await JsonBody.BindAsync<PartyRequest>(http, cancel);
        if (bound is null) return problem!;
        return await CatalogueEdit.InTurnAsync(database, async transaction =>
        {
            var party = await Named(database, code).SingleOrDefaultAsync(cancel);
            if (party is null && http.Request.Headers.IfMatch.Count > 0) return CatalogueEdit.NothingToChange("party", code);
            if (party is not null && Conditional.MayChange(http, party.Version) is { } refused) return refused;
            var catalogue = await CatalogueStore.ReadAsync(database, cancel);
            var (sent, own) = (bound.Value.Code, party?.Code ?? code);
            bound.Value.Code = own;
            List<ProblemError> errors =
                [.. CatalogueEdit.OtherCode(sent, sent is not null, own), .. Validation.Errors(bound, Validator), .. Errors(bound.Value, party?.Code, catalogue)];
            if (errors.Count > 0) return Problem.Of(errors);
            var wanted = Known(bound.Value, catalogue);
            return party is null ? await AddAsync(http, database, ledger, transaction, wanted, cancel) : await ChangeAsync(http, database, ledger, transaction, party, wanted, cancel);
        }, cancel);
    }

    static async Task<IResult> PatchAsync(HttpContext http, string code, FactsContext database, Ledger.Ledger ledger, CancellationToken cancel)
    {
        var (patch, problem) = await JsonBody.BindAsync<PartyRequest>(http, cancel);
        if (patch is null) return problem!;
        return await CatalogueEdit.InTurnAsync(database, async transaction =>
        {
            if (await Named(database, code).SingleOrDefaultAsync(cancel) is not { } party) return NotFound(code);
            if (Conditional.MayChange(http, party.Version) is { } refused) return refused;
            var catalogue = await CatalogueStore.ReadAsync(database, cancel);
            var patched = patch.Value.Over(party, patch.Given);
            List<ProblemError> errors =
            [
                .. CatalogueEdit.OtherCode(patch.Value.Code, patch.Given.Contains("code"), party.Code),
                .. Validation.Errors(patch with { Value = patched }, Validator), .. Errors(patched, party.Code, catalogue),
            ];
            return errors.Count > 0 ? Problem.Of(errors) : await ChangeAsync(http, database, ledger, transaction, party, Known(patched, catalogue), cancel);
        }, cancel);
    }

    static Task<IResult> DeleteAsync(HttpContext http, string code, FactsContext database, Ledger.Ledger ledger, CancellationToken cancel) =>
        CatalogueEdit.InTurnAsync(database, async transaction =>
        {
            if (await Named(database, code).SingleOrDefaultAsync(cancel) is not { } party) return NotFound(code);
            if (Conditional.MayChange(http, party.Version) is { } refused) return refused;
            // Waits for the loads that use it, so that their claims are seen.
            await database.Database.ExecuteSqlAsync($"select from parties where code = {party.Code} for update", cancel);
            // Of any time, since known_at may ask for them. Reads all claims: a party is deleted seldom, and an index of its names would cost every load.
            var claims = await CatalogueStore.NamingAsync(database, "recipient = @code or @code = any (donors)", party.Code, cancel);
            var groups = await database.Set<PartyRow>().Where(p => p.Members.Contains(party.Code)).OrderBy(p => p.Code).Select(p => p.Code).ToListAsync(cancel);
            if (claims.Count > 0 || groups.Count > 0) return CatalogueEdit.InUse(party.Code, claims, groups, ("group it is a member of", "groups it is a member of"));
            var change = await ledger.BeginAsync(ChangeKind.Party, cancel);
            database.Remove(party);
            await database.SaveChangesAsync(cancel);
            change.Touched("parties", party.Code, "gone");
            await ledger.EndAsync(change, cancel);
            await transaction.CommitAsync(cancel);
            return Fields.Written(party, StatusCodes.Status200OK);
        }, cancel);

    /// <summary>The party of that code, name or alias.</summary>
    static IQueryable<PartyRow> Named(FactsContext database, string code)
    {
        var name = Catalogue.Key(code.Replace("\0", ""));
        return database.Set<PartyRow>().Where(p => database.Set<PartyNameRow>().Any(n => n.Name == name && n.Code == p.Code));
    }

    static Problem NotFound(string code) => Problems.NotFound.Because($"there is no party '{code}'");

    /// <summary>What of a request the rest of the catalogue stands against.</summary>
    static IEnumerable<ProblemError> Errors(PartyRequest party, string? own, Catalogue catalogue) =>
    [
        .. CatalogueEdit.Taken([("/code", party.Code), ("/name", party.Name), .. (party.Aliases ?? []).Select((a, i) => ($"/aliases/{i}", (string?)a))], own, catalogue.Party),
        .. from member in (party.Members ?? []).Index()
           let known = catalogue.Party(member.Item)
           where known is null || known == own
           select known is null
               ? ProblemError.InBody(Problems.UnknownParty, $"/members/{member.Index}", $"no party has the code, name or alias '{member.Item}'", member.Item, Nearest.Of(member.Item, catalogue.PartyNames))
               : ProblemError.InBody(Problems.Circular, $"/members/{member.Index}", "a party cannot be a member of itself", member.Item),
    ];

    /// <summary>With the codes of its members.</summary>
    static PartyRow Known(PartyRequest request, Catalogue catalogue)
    {
        var party = request.ToParty();
        party.Members = [.. party.Members.Select(m => catalogue.Party(m)!).Distinct()];
        return party;
    }

    static async Task<IResult> AddAsync(HttpContext http, FactsContext database, Ledger.Ledger ledger, WriteTransaction transaction, PartyRow party, CancellationToken cancel)
    {
        var change = await ledger.BeginAsync(ChangeKind.Party, cancel);
        database.Add(party);
        await EndAsync(database, ledger, transaction, change, party, "created", cancel);
        return Fields.Created(http, party, party.Version, $"/v1/parties/{party.Code}");
    }

    static async Task<IResult> ChangeAsync(
        HttpContext http, FactsContext database, Ledger.Ledger ledger, WriteTransaction transaction, PartyRow party, PartyRow wanted, CancellationToken cancel)
    {
        (party.Name, party.Kind, party.Aliases, party.Members) = (wanted.Name, wanted.Kind, wanted.Aliases, wanted.Members);
        if (database.ChangeTracker.HasChanges())
        {
            // No number depends on it: claims name codes, and a group counts as itself, not as its members.
            var change = await ledger.BeginAsync(ChangeKind.Party, cancel);
            party.Version++;
            await EndAsync(database, ledger, transaction, change, party, "changed", cancel);
        }

        http.Response.Headers.ETag = Conditional.ItemTag(party.Version);
        return Fields.Written(party, StatusCodes.Status200OK);
    }

    static async Task EndAsync(FactsContext database, Ledger.Ledger ledger, WriteTransaction transaction, Change change, PartyRow party, string what, CancellationToken cancel)
    {
        await database.SaveChangesAsync(cancel);
        await CatalogueStore.RenameAsync(database, "party_names", party.Code, [party.Code, party.Name, .. party.Aliases], cancel);
        change.Touched("parties", party.Code, what);
        await ledger.EndAsync(change, cancel);
        await transaction.CommitAsync(cancel);
    }
}
