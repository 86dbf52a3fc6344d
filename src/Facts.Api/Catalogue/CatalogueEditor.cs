using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Catalogue;

/// <summary>Adds, edits and deletes parties or items: what editing the two has in common.</summary>
internal abstract class CatalogueEditor<TRow, TName, TRequest>(FactsContext database, FactProjector projector)
    where TRow : class, ICatalogueRow where TName : class, ICatalogueName where TRequest : class, ICatalogueRequest, new()
{
    protected FactsContext Database => database;

    /// <summary>What one is called, in a sentence.</summary>
    protected abstract string Noun { get; }

    /// <summary>Their table, and their place in URLs.</summary>
    protected abstract string Table { get; }

    protected abstract ChangeKind Kind { get; }
    protected abstract ListSchema<TRow> Fields { get; }
    protected abstract IValidator<TRequest> Validator { get; }

    /// <summary>Code of who has the name; null where nobody has.</summary>
    protected abstract string? OwnerOf(string name, CatalogueIndex catalogue);

    /// <summary>What of a request the rest of the catalogue stands against, besides names that are taken.</summary>
    /// <param name="request">As sent.</param>
    /// <param name="own">The code of what it is about; null where that is new.</param>
    /// <param name="catalogue">As it is.</param>
    protected abstract IEnumerable<ProblemError> Unfit(TRequest request, string? own, CatalogueIndex catalogue);

    /// <summary>A valid request as it is stored: what it names by its code.</summary>
    protected abstract TRow ToRow(TRequest request, CatalogueIndex catalogue);

    /// <summary>A merge patch laid over what is stored.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="row">What is stored.</param>
    /// <param name="given">The members of the patch, those that are null too.</param>
    protected abstract TRequest Over(TRequest patch, TRow row, IReadOnlySet<string> given);

    /// <summary>Makes it say what is wanted, and gives what else is to be done once that is stored.</summary>
    protected abstract Func<ChangeRecord, CancellationToken, Task> Take(TRow row, TRow wanted);

    /// <summary>What of its own kind refers to it, and what one and several of those are called.</summary>
    protected abstract (IQueryable<TRow> Others, string One, string Several) ReferringTo(TRow row);

    /// <summary>As SQL: which claims name it, by <c>@code</c>.</summary>
    protected abstract string IsNamed { get; }

    public async Task<IResult> GetAsync(HttpContext http, string code, CancellationToken cancel) =>
        await Named(code).AsNoTracking().SingleOrDefaultAsync(cancel) is { } row ? Fields.Item(http, row, row.Version) : NotFound(code);

    public async Task<IResult> CreateAsync(HttpContext http, CancellationToken cancel)
    {
        var (bound, problem) = await JsonBody.BindAsync<TRequest>(http, cancel);
        return problem ?? await InTurnAsync(async transaction =>
        {
            var catalogue = await CatalogueStore.ReadAsync(database, cancel);
            var errors = Errors(bound!, null, catalogue);
            return errors.Count > 0 ? Problem.From(errors) : await AddAsync(http, transaction, ToRow(bound!.Value, catalogue), cancel);
        }, cancel);
    }

    public async Task<IResult> PutAsync(HttpContext http, string code, CancellationToken cancel)
    {
        var (bound, problem) = await JsonBody.BindAsync<TRequest>(http, cancel);
        return problem ?? await InTurnAsync(async transaction =>
        {
            var row = await Named(code).SingleOrDefaultAsync(cancel);
            if (row is null && http.Request.Headers.IfMatch.Count > 0)
                return Problems.PreconditionFailed.Because($"there is no {Noun} '{code}' to change; without If-Match it is added");
            if (row is not null && Conditional.MayChange(http, row.Version) is { } refused) return refused;
            var catalogue = await CatalogueStore.ReadAsync(database, cancel);
            var (request, sent, own) = (bound!.Value, bound.Value.Code, row?.Code ?? code);
            request.Code = own;
            List<ProblemError> errors = [.. OtherCode(sent, sent is not null, own), .. Errors(bound, row?.Code, catalogue)];
            if (errors.Count > 0) return Problem.From(errors);
            var wanted = ToRow(request, catalogue);
            return row is null ? await AddAsync(http, transaction, wanted, cancel) : await ChangeAsync(http, transaction, row, wanted, cancel);
        }, cancel);
    }

    public async Task<IResult> PatchAsync(HttpContext http, string code, CancellationToken cancel)
    {
        var (bound, problem) = await JsonBody.BindAsync<TRequest>(http, cancel);
        return problem ?? await InTurnAsync(async transaction =>
        {
            if (await Named(code).SingleOrDefaultAsync(cancel) is not { } row) return NotFound(code);
            if (Conditional.MayChange(http, row.Version) is { } refused) return refused;
            var catalogue = await CatalogueStore.ReadAsync(database, cancel);
            var patched = Over(bound!.Value, row, bound.Given);
            List<ProblemError> errors = [.. OtherCode(bound.Value.Code, bound.Given.Contains("code"), row.Code), .. Errors(bound with { Value = patched }, row.Code, catalogue)];
            return errors.Count > 0 ? Problem.From(errors) : await ChangeAsync(http, transaction, row, ToRow(patched, catalogue), cancel);
        }, cancel);
    }

    public async Task<IResult> DeleteAsync(HttpContext http, string code, CancellationToken cancel) =>
        await InTurnAsync(async transaction =>
        {
            if (await Named(code).SingleOrDefaultAsync(cancel) is not { } row) return NotFound(code);
            if (Conditional.MayChange(http, row.Version) is { } refused) return refused;
            // Waits for the loads that use it, so that their claims are seen.
            await using var waiting = await database.CommandAsync($"select from {Table} where code = @code for update", cancel, new Npgsql.NpgsqlParameter("code", row.Code));
            await waiting.ExecuteNonQueryAsync(cancel);
            // Of any time, since known_at may ask for them. Reads all claims: it is done seldom, and an index of names would cost every load.
            var claims = await CatalogueStore.NamingAsync(database, IsNamed, row.Code, cancel);
            var (referring, one, several) = ReferringTo(row);
            var others = await referring.Select(r => r.Code).Order().ToListAsync(cancel);
            if (claims.Count > 0 || others.Count > 0) return InUse(row.Code, claims, others, others.Count == 1 ? one : several);
            var change = await projector.BeginAsync(Kind, cancel);
            database.Remove(row);
            await database.SaveChangesAsync(cancel);
            await EndAsync(transaction, change, row, "removed", cancel);
            return Fields.ToJsonResult(row, StatusCodes.Status200OK);
        }, cancel);

    /// <summary>The one of that code, name or alias.</summary>
    IQueryable<TRow> Named(string code)
    {
        var name = CatalogueIndex.Key(code.Replace("\0", ""));
        return database.Set<TRow>().Where(r => database.Set<TName>().Any(n => n.Name == name && n.Code == r.Code));
    }

    Problem NotFound(string code) => Problems.NotFound.Because($"there is no {Noun} '{code}'");

    /// <summary>In the turn of editors, within a transaction that the edit is to commit.</summary>
    Task<IResult> InTurnAsync(Func<WriteTransaction, Task<IResult>> edit, CancellationToken cancel) => WriteRetry.RunAsync(database, async () =>
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        await CatalogueLocks.EditAsync(database, cancel);
        return await edit(transaction);
    }, cancel);

    /// <summary>All that is wrong with a request, once for each place.</summary>
    List<ProblemError> Errors(BindingResult<TRequest> bound, string? own, CatalogueIndex catalogue)
    {
        var request = bound.Value;
        var wrong = Validation.Errors(bound, Validator);
        (string Pointer, string? Name)[] names = [("/code", request.Code), ("/name", request.Name), .. (request.Aliases ?? []).Select((a, i) => ($"/aliases/{i}", (string?)a))];
        // One name is never two things.
        var taken =
            from given in names
            where given.Name is not null
            let owner = OwnerOf(given.Name, catalogue)
            where owner is not null && owner != own
            select ProblemError.InBody(Problems.Conflict, given.Pointer, $"'{given.Name}' is a code, name or alias of {owner} already", given.Name);
        return [.. wrong, .. taken.Concat(Unfit(request, own, catalogue)).ExceptBy(wrong.Select(e => e.Pointer), e => e.Pointer)];
    }

    /// <summary>A code that is sent is the one that is there: it is in URLs and files of others, so it is for good.</summary>
    static IEnumerable<ProblemError> OtherCode(string? sent, bool isGiven, string own) => !isGiven || sent == own ? [] :
        [ProblemError.InBody(Problems.InvalidValue, "/code",
            $"a code is for good, and this one is '{own}': leave it out; for another code add a new one, and delete this one once nothing refers to it", sent, own)];

    /// <summary>Says what refers to something that was to be deleted.</summary>
    static Problem InUse(string code, (long Count, long? First) claims, IReadOnlyList<string> others, string what)
    {
        var reasons = new List<string>();
        if (claims.Count > 0) reasons.Add(claims.Count == 1 ? $"1 claim that names it (/v1/claims/{claims.First})" : $"{claims.Count} claims that name it (the first is /v1/claims/{claims.First})");
        if (others.Count > 0) reasons.Add($"{others.Count} {what} ({string.Join(", ", others.Take(5))}{(others.Count > 5 ? ", …" : "")})");
        return Problems.InUse.Because($"{code} stays: there {(claims.Count == 1 || claims.Count == 0 && others.Count == 1 ? "is" : "are")} {string.Join(" and ", reasons)}");
    }

    async Task<IResult> AddAsync(HttpContext http, WriteTransaction transaction, TRow row, CancellationToken cancel)
    {
        var change = await projector.BeginAsync(Kind, cancel);
        database.Add(row);
        await StoreAsync(row, cancel);
        await EndAsync(transaction, change, row, "created", cancel);
        return Fields.Created(http, row, row.Version, $"/v1/{Table}/{row.Code}");
    }

    async Task<IResult> ChangeAsync(HttpContext http, WriteTransaction transaction, TRow row, TRow wanted, CancellationToken cancel)
    {
        var follow = Take(row, wanted);
        if (database.ChangeTracker.HasChanges())
        {
            var change = await projector.BeginAsync(Kind, cancel);
            row.Version++;
            await StoreAsync(row, cancel);
            await follow(change, cancel);
            await EndAsync(transaction, change, row, "changed", cancel);
        }

        http.Response.Headers.ETag = Conditional.ItemTag(row.Version);
        return Fields.ToJsonResult(row, StatusCodes.Status200OK);
    }

    Task StoreAsync(TRow row, CancellationToken cancel) => BulkImportLock.NameAsync(database, async () =>
    {
        await database.SaveChangesAsync(cancel);
        await CatalogueStore.RenameAsync(database, Noun + "_names", row.Code, [row.Code, row.Name, .. row.Aliases], cancel);
    }, cancel);

    async Task EndAsync(WriteTransaction transaction, ChangeRecord change, TRow row, string what, CancellationToken cancel)
    {
        change.AddResource(Table, row.Code, what);
        await projector.EndAsync(change, cancel);
        await transaction.CommitAsync(cancel);
    }
}
