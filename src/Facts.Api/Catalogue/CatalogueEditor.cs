using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Catalogue;

/// <summary>Adds, edits and deletes rows of the catalogue. The common part of the editors of parties and of items.</summary>
internal abstract class CatalogueEditor<TRow, TName, TRequest>(FactsContext database, ChangeLog changes)
    where TRow : class, ICatalogueRow where TName : class, ICatalogueName where TRequest : class, ICatalogueRequest, new()
{
    protected FactsContext Database => database;

    /// <summary>The word for one row in a sentence: <c>party</c> or <c>item</c>.</summary>
    protected abstract string Noun { get; }

    /// <summary>The name of the table, which is also the path segment in URLs: <c>parties</c> or <c>items</c>.</summary>
    protected abstract string Table { get; }

    protected abstract ChangeKind Kind { get; }
    protected abstract ListSchema<TRow> Fields { get; }
    protected abstract IValidator<TRequest> Validator { get; }

    /// <summary>The code of the party or item that has a name; null where none has it.</summary>
    protected abstract string? OwnerOf(string name, CatalogueIndex catalogue);

    /// <summary>Finds errors that only the catalogue shows, such as an unknown parent. Names that are taken are checked elsewhere.</summary>
    /// <param name="request">The request, as sent.</param>
    /// <param name="own">The code of the stored row that the request changes; null for a new row.</param>
    /// <param name="catalogue">The catalogue before the request.</param>
    protected abstract IEnumerable<ProblemError> FindCatalogueErrors(TRequest request, string? own, CatalogueIndex catalogue);

    /// <summary>The row for a valid request. Names of other parties or items become their codes.</summary>
    protected abstract TRow ToRow(TRequest request, CatalogueIndex catalogue);

    /// <summary>Merges a patch into a stored row and gives the whole request.</summary>
    /// <param name="patch">The merge patch.</param>
    /// <param name="row">The stored row.</param>
    /// <param name="given">Names of the members that the patch has, also those that are null.</param>
    protected abstract TRequest Merge(TRequest patch, TRow row, IReadOnlySet<string> given);

    /// <summary>Copies the wanted values into a stored row. The function that it returns runs once the row is stored.</summary>
    protected abstract Func<ChangeRecord, CancellationToken, Task> Apply(TRow row, TRow wanted);

    /// <summary>The other rows of the table that refer to this row, with the words for one of them and for several.</summary>
    protected abstract (IQueryable<TRow> Others, string One, string Several) ReferringTo(TRow row);

    /// <summary>The SQL condition of claims that name the party or item with the code <c>@code</c>.</summary>
    protected abstract string ClaimCondition { get; }

    public async Task<IResult> GetAsync(HttpContext http, string code, CancellationToken cancel) =>
        await MergedAsync(code, cancel) is { } merged ? Elsewhere(http, merged)
        : await Named(code).AsNoTracking().SingleOrDefaultAsync(cancel) is { } row ? Fields.Item(http, row, row.Version) : NotFound(code);

    public async Task<IResult> CreateAsync(HttpContext http, CancellationToken cancel)
    {
        var (bound, problem) = await JsonBody.BindAsync<TRequest>(http, cancel);
        return problem ?? await EditAsync(async transaction =>
        {
            var catalogue = await CatalogueStore.ReadAsync(database, cancel);
            var errors = Errors(bound!, null, catalogue);
            return errors.Count > 0 ? Problem.From(errors) : await AddAsync(http, transaction, ToRow(bound!.Value, catalogue), cancel);
        }, cancel);
    }

    public async Task<IResult> PutAsync(HttpContext http, string code, CancellationToken cancel)
    {
        var (bound, problem) = await JsonBody.BindAsync<TRequest>(http, cancel);
        return problem ?? await EditAsync(async transaction =>
        {
            if (await MergedAsync(code, cancel) is { } merged) return Elsewhere(http, merged);
            var row = await Named(code).SingleOrDefaultAsync(cancel);
            if (row is null && http.Request.Headers.IfMatch.Count > 0)
                return Problems.PreconditionFailed.Because($"there is no {Noun} '{code}' to change; without If-Match it is added");
            if (row is not null && Conditional.MayChange(http, row.Version) is { } versionProblem) return versionProblem;
            var catalogue = await CatalogueStore.ReadAsync(database, cancel);
            var (request, sent, own) = (bound!.Value, bound.Value.Code, row?.Code ?? code);
            request.Code = own;
            List<ProblemError> errors = [.. CodeChange.Errors(sent, sent is not null, own), .. Errors(bound, row?.Code, catalogue)];
            if (errors.Count > 0) return Problem.From(errors);
            var wanted = ToRow(request, catalogue);
            return row is null ? await AddAsync(http, transaction, wanted, cancel) : await ChangeAsync(http, transaction, row, wanted, cancel);
        }, cancel);
    }

    public async Task<IResult> PatchAsync(HttpContext http, string code, CancellationToken cancel)
    {
        var (bound, problem) = await JsonBody.BindAsync<TRequest>(http, cancel);
        return problem ?? await EditAsync(async transaction =>
        {
            if (await MergedAsync(code, cancel) is { } merged) return Elsewhere(http, merged);
            if (await Named(code).SingleOrDefaultAsync(cancel) is not { } row) return NotFound(code);
            if (Conditional.MayChange(http, row.Version) is { } versionProblem) return versionProblem;
            var catalogue = await CatalogueStore.ReadAsync(database, cancel);
            var patched = Merge(bound!.Value, row, bound.Given);
            var codeErrors = CodeChange.Errors(bound.Value.Code, bound.Given.Contains("code"), row.Code);
            List<ProblemError> errors = [.. codeErrors, .. Errors(bound with { Value = patched }, row.Code, catalogue)];
            return errors.Count > 0 ? Problem.From(errors) : await ChangeAsync(http, transaction, row, ToRow(patched, catalogue), cancel);
        }, cancel);
    }

    public async Task<IResult> DeleteAsync(HttpContext http, string code, CancellationToken cancel) =>
        await EditAsync(async transaction =>
        {
            if (await MergedAsync(code, cancel) is { } merged) return Elsewhere(http, merged);
            if (await Named(code).SingleOrDefaultAsync(cancel) is not { } row) return NotFound(code);
            if (Conditional.MayChange(http, row.Version) is { } problem) return problem;
            // Imports that name this row hold a lock on it. The statement waits for them, so that their claims are counted.
            await using var locking = await database.CommandAsync(
                $"select from {Table} where code = @code for update", cancel, new Npgsql.NpgsqlParameter("code", row.Code));
            await locking.ExecuteNonQueryAsync(cancel);
            // The query reads all claims. Deletions are rare, and an index of names would slow down every import.
            var claims = await CatalogueStore.CountClaimsAsync(database, $"({ClaimCondition}) and {InForce}", row.Code, cancel);
            var (referring, one, several) = ReferringTo(row);
            var others = await referring.Where(r => r.MergedInto == null && !r.IsRemoved).Select(r => r.Code).Order().ToListAsync(cancel);
            if (claims.Count > 0 || others.Count > 0) return InUse(row.Code, claims, others, others.Count == 1 ? one : several);
            if (await database.Set<TRow>().Where(r => r.MergedInto == row.Code).Select(r => r.Code).Order().FirstOrDefaultAsync(cancel) is { } mergedHere)
                return Problems.InUse.Because($"{row.Code} stays: {mergedHere} was merged into it; undo that first (DELETE /v1/{Table}/{mergedHere}/merge)");
            var change = await changes.BeginAsync(Kind, cancel);
            // An earlier known_at may ask for claims that no longer count, and for the name that they give.
            if ((await CatalogueStore.CountClaimsAsync(database, ClaimCondition, row.Code, cancel)).Count == 0) database.Remove(row);
            else
            {
                row.IsRemoved = true;
                row.Version++;
                Detach(row);
                await CatalogueStore.ReplaceNamesAsync(database, Noun + "_names", row.Code, [], cancel);
            }
            await database.SaveChangesAsync(cancel);
            await EndAsync(transaction, change, row, "removed", cancel);
            return Fields.ToJsonResult(row, StatusCodes.Status200OK);
        }, cancel);

    /// <summary>The SQL condition of claims that count, or may count again when a rank is undone.</summary>
    const string InForce = "superseded_in is null and not exists (select from articles where articles.id = claims.article_id and retracted_at is not null)";

    /// <summary>Takes a deleted row out of its place, so that other rows do not depend on it.</summary>
    protected virtual void Detach(TRow row) { }

    /// <summary>The code of the entry into which the entry with this code was merged; null where it was not merged.</summary>
    async Task<string?> MergedAsync(string code, CancellationToken cancel)
    {
        var wanted = code.Replace("\0", "");
        var merged = await database.Set<TRow>().AsNoTracking().Where(r => r.MergedInto != null).Select(r => new { r.Code, r.MergedInto }).ToListAsync(cancel);
        return merged.Find(r => r.Code.Equals(wanted, StringComparison.OrdinalIgnoreCase))?.MergedInto;
    }

    /// <summary>The answer of a merged entry's address: 308 with the address of the one that stayed.</summary>
    IResult Elsewhere(HttpContext http, string into) =>
        Results.Redirect($"/v1/{Table}/{into}{http.Request.QueryString}", permanent: true, preserveMethod: true);

    /// <summary>The row with this code, name or alias.</summary>
    IQueryable<TRow> Named(string code)
    {
        var name = CatalogueIndex.Key(code.Replace("\0", ""));
        return database.Set<TRow>().Where(r => database.Set<TName>().Any(n => n.Name == name && n.Code == r.Code));
    }

    Problem NotFound(string code) => Problems.NotFound.Because($"there is no {Noun} '{code}'");

    /// <summary>Runs an edit under the lock of editors, in a transaction that the edit commits.</summary>
    Task<IResult> EditAsync(Func<WriteTransaction, Task<IResult>> edit, CancellationToken cancel) =>
        WriteRetry.RunAsync(database, async () =>
        {
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            await CatalogueLocks.EditAsync(database, cancel);
            return await edit(transaction);
        }, cancel);

    /// <summary>All errors of a request, at most one for each JSON pointer from the catalogue checks.</summary>
    List<ProblemError> Errors(BindingResult<TRequest> bound, string? own, CatalogueIndex catalogue)
    {
        var request = bound.Value;
        var invalid = Validation.Errors(bound, Validator);
        var aliases = (request.Aliases ?? []).Select((alias, i) => ($"/aliases/{i}", (string?)alias));
        (string Pointer, string? Name)[] names = [("/code", request.Code), ("/name", request.Name), .. aliases];
        // A name belongs to one party at most, and to one item at most.
        var taken =
            from given in names
            where given.Name is not null
            let owner = OwnerOf(given.Name, catalogue)
            where owner is not null && owner != own
            select ProblemError.InBody(Problems.Conflict, given.Pointer, $"'{given.Name}' is a code, name or alias of {owner} already", given.Name);
        return [.. invalid, .. taken.Concat(FindCatalogueErrors(request, own, catalogue)).ExceptBy(invalid.Select(e => e.Pointer), e => e.Pointer)];
    }

    /// <summary>The problem of a deletion while claims or other rows still refer to the row.</summary>
    static Problem InUse(string code, (long Count, long? First) claims, IReadOnlyList<string> others, string what)
    {
        var reasons = new List<string>();
        if (claims.Count == 1) reasons.Add($"1 claim that names it (/v1/claims/{claims.First})");
        else if (claims.Count > 0) reasons.Add($"{claims.Count} claims that name it (the first is /v1/claims/{claims.First})");
        if (others.Count > 0) reasons.Add($"{others.Count} {what} ({string.Join(", ", others.Take(5))}{(others.Count > 5 ? ", …" : "")})");
        var verb = claims.Count == 1 || claims.Count == 0 && others.Count == 1 ? "is" : "are";
        return Problems.InUse.Because($"{code} stays: there {verb} {string.Join(" and ", reasons)}");
    }

    async Task<IResult> AddAsync(HttpContext http, WriteTransaction transaction, TRow row, CancellationToken cancel)
    {
        var change = await changes.BeginAsync(Kind, cancel);
        if (await database.Set<TRow>().SingleOrDefaultAsync(r => r.Code == row.Code && r.IsRemoved, cancel) is { } removed)
        {
            row.Version = removed.Version + 1;
            database.Entry(removed).CurrentValues.SetValues(row);
        }
        else database.Add(row);
        await StoreAsync(row, cancel);
        await EndAsync(transaction, change, row, "created", cancel);
        return Fields.Created(http, row, row.Version, $"/v1/{Table}/{row.Code}");
    }

    async Task<IResult> ChangeAsync(HttpContext http, WriteTransaction transaction, TRow row, TRow wanted, CancellationToken cancel)
    {
        var finish = Apply(row, wanted);
        if (database.ChangeTracker.HasChanges())
        {
            var change = await changes.BeginAsync(Kind, cancel);
            row.Version++;
            await StoreAsync(row, cancel);
            await finish(change, cancel);
            await EndAsync(transaction, change, row, "changed", cancel);
        }

        http.Response.Headers.ETag = Conditional.ItemTag(row.Version);
        return Fields.ToJsonResult(row, StatusCodes.Status200OK);
    }

    Task StoreAsync(TRow row, CancellationToken cancel) => BulkImportLock.NameAsync(database, async () =>
    {
        await database.SaveChangesAsync(cancel);
        await CatalogueStore.ReplaceNamesAsync(database, Noun + "_names", row.Code, [row.Code, row.Name, .. row.Aliases], cancel);
    }, cancel);

    async Task EndAsync(WriteTransaction transaction, ChangeRecord change, TRow row, string what, CancellationToken cancel)
    {
        change.AddResource(Table, row.Code, what);
        await changes.CommitAsync(transaction, change, cancel);
    }
}
