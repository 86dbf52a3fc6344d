using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Items;

internal static partial class ItemEndpoints
{
    static readonly ItemRequestValidator Validator = new();

    static async Task<IResult> PutAsync(HttpContext http, string code, FactsContext database, Ledger.Ledger ledger, CancellationToken cancel)
    {
        var (bound, problem) = await JsonBody.BindAsync<ItemRequest>(http, cancel);
        if (bound is null) return problem!;
        return await CatalogueEdit.InTurnAsync(database, async transaction =>
        {
            var item = await Named(database, code).SingleOrDefaultAsync(cancel);
            if (item is null && http.Request.Headers.IfMatch.Count > 0) return CatalogueEdit.NothingToChange("item", code);
            if (item is not null && Conditional.MayChange(http, item.Version) is { } refused) return refused;
            var catalogue = await CatalogueStore.ReadAsync(database, cancel);
            var (sent, own) = (bound.Value.Code, item?.Code ?? code);
            bound.Value.Code = own;
            List<ProblemError> errors =
                [.. CatalogueEdit.OtherCode(sent, sent is not null, own), .. Validation.Errors(bound, Validator), .. Errors(bound.Value, item?.Code, catalogue)];
            if (errors.Count > 0) return Problem.Of(errors);
            var wanted = Known(bound.Value, catalogue);
            return item is null ? await AddAsync(http, database, ledger, transaction, wanted, cancel) : await ChangeAsync(http, database, ledger, transaction, item, wanted, cancel);
        }, cancel);
    }

    static async Task<IResult> PatchAsync(HttpContext http, string code, FactsContext database, Ledger.Ledger ledger, CancellationToken cancel)
    {
        var (patch, problem) = await JsonBody.BindAsync<ItemRequest>(http, cancel);
        if (patch is null) return problem!;
        return await CatalogueEdit.InTurnAsync(database, async transaction =>
        {
            if (await Named(database, code).SingleOrDefaultAsync(cancel) is not { } item) return NotFound(code);
            if (Conditional.MayChange(http, item.Version) is { } refused) return refused;
            var catalogue = await CatalogueStore.ReadAsync(database, cancel);
            var patched = patch.Value.Over(item, patch.Given);
            List<ProblemError> errors =
            [
                .. CatalogueEdit.OtherCode(patch.Value.Code, patch.Given.Contains("code"), item.Code),
                .. Validation.Errors(patch with { Value = patched }, Validator), .. Errors(patched, item.Code, catalogue),
            ];
            return errors.Count > 0 ? Problem.Of(errors) : await ChangeAsync(http, database, ledger, transaction, item, Known(patched, catalogue), cancel);
        }, cancel);
    }

    static Task<IResult> DeleteAsync(HttpContext http, string code, FactsContext database, Ledger.Ledger ledger, CancellationToken cancel) =>
        CatalogueEdit.InTurnAsync(database, async transaction =>
        {
            if (await Named(database, code).SingleOrDefaultAsync(cancel) is not { } item) return NotFound(code);
            if (Conditional.MayChange(http, item.Version) is { } refused) return refused;
            // Waits for the loads that use it, so that their claims are seen.
            await database.Database.ExecuteSqlAsync($"select from items where code = {item.Code} for update", cancel);
            // Of any time, since known_at may ask for them. Reads all claims: an item is deleted seldom, and an index of its names would cost every load.
            var claims = await CatalogueStore.NamingAsync(database, "@code = any (items)", item.Code, cancel);
            var below = await database.Set<ItemRow>().Where(i => i.Parent == item.Code).OrderBy(i => i.Code).Select(i => i.Code).ToListAsync(cancel);
            if (claims.Count > 0 || below.Count > 0) return CatalogueEdit.InUse(item.Code, claims, below, ("item below it", "items below it"));
            var change = await ledger.BeginAsync(ChangeKind.Item, cancel);
            database.Remove(item);
            await database.SaveChangesAsync(cancel);
            change.Touched("items", item.Code, "gone");
            await ledger.EndAsync(change, cancel);
            await transaction.CommitAsync(cancel);
            return Fields.Written(item, StatusCodes.Status200OK);
        }, cancel);

    /// <summary>The item of that code, name or alias.</summary>
    static IQueryable<ItemRow> Named(FactsContext database, string code)
    {
        var name = Catalogue.Key(code.Replace("\0", ""));
        return database.Set<ItemRow>().Where(i => database.Set<ItemNameRow>().Any(n => n.Name == name && n.Code == i.Code));
    }

    static Problem NotFound(string code) => Problems.NotFound.Because($"there is no item '{code}'");

    /// <summary>What of a request the rest of the catalogue stands against.</summary>
    static IEnumerable<ProblemError> Errors(ItemRequest item, string? own, Catalogue catalogue)
    {
        (string, string?)[] names = [("/code", item.Code), ("/name", item.Name), .. (item.Aliases ?? []).Select((a, i) => ($"/aliases/{i}", (string?)a))];
        foreach (var taken in CatalogueEdit.Taken(names, own, name => catalogue.Item(name)?.Code)) yield return taken;
        // That its own code is no parent for it is the validator's to say.
        if (item.Parent is not { } parent || parent == item.Code) yield break;
        if (catalogue.Item(parent) is not { } known)
            yield return ProblemError.InBody(Problems.UnknownItem, "/parent", $"no item has the code, name or alias '{parent}'", parent, Nearest.Of(parent, catalogue.ItemNames));
        else if (own is not null && catalogue.Tree.IsUnder(known.Code, own))
            yield return ProblemError.InBody(Problems.Circular, "/parent",
                known.Code == own ? "an item cannot be below itself" : $"'{parent}' is below {own} itself: move that elsewhere first", parent);
    }

    /// <summary>With the code of its parent.</summary>
    static ItemRow Known(ItemRequest request, Catalogue catalogue)
    {
        var item = request.ToItem();
        item.Parent = item.Parent is { } parent ? catalogue.Item(parent)!.Code : null;
        return item;
    }

    static async Task<IResult> AddAsync(HttpContext http, FactsContext database, Ledger.Ledger ledger, WriteTransaction transaction, ItemRow item, CancellationToken cancel)
    {
        var change = await ledger.BeginAsync(ChangeKind.Item, cancel);
        database.Add(item);
        await EndAsync(database, ledger, transaction, change, item, "created", cancel);
        return Fields.Created(http, item, item.Version, $"/v1/items/{item.Code}");
    }

    static async Task<IResult> ChangeAsync(
        HttpContext http, FactsContext database, Ledger.Ledger ledger, WriteTransaction transaction, ItemRow item, ItemRow wanted, CancellationToken cancel)
    {
        var hasMoved = item.Parent != wanted.Parent;
        (item.Name, item.Parent, item.Unit, item.Aliases) = (wanted.Name, wanted.Parent, wanted.Unit, wanted.Aliases);
        if (database.ChangeTracker.HasChanges())
        {
            var change = await ledger.BeginAsync(ChangeKind.Item, cancel);
            item.Version++;
            await EndAsync(database, ledger, transaction, change, item, "changed", cancel, hasMoved);
        }

        http.Response.Headers.ETag = Conditional.ItemTag(item.Version);
        return Fields.Written(item, StatusCodes.Status200OK);
    }

    static async Task EndAsync(
        FactsContext database, Ledger.Ledger ledger, WriteTransaction transaction, Change change, ItemRow item, string what, CancellationToken cancel, bool hasMoved = false)
    {
        await database.SaveChangesAsync(cancel);
        await CatalogueStore.RenameAsync(database, "item_names", item.Code, [item.Code, item.Name, .. item.Aliases], cancel);
        if (hasMoved) await ledger.MovedAsync(change, item.Code, cancel);
        change.Touched("items", item.Code, what);
        await ledger.EndAsync(change, cancel);
        await transaction.CommitAsync(cancel);
    }
}
