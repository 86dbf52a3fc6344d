using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Perimeters;

/// <summary>Adds, edits and deletes perimeters. No number depends on them.</summary>
internal sealed class PerimeterEditor(FactsContext database, ChangeLog changes, TimeProvider clock)
{
    static readonly PerimeterRequestValidator Validator = new();

    public async Task<IResult> GetAsync(HttpContext http, string code, CancellationToken cancel) =>
        await Coded(code).AsNoTracking().SingleOrDefaultAsync(cancel) is { } row ? PerimeterListSchema.Fields.Item(http, row, row.Version) : NotFound(code);

    public async Task<IResult> PutAsync(HttpContext http, string code, CancellationToken cancel)
    {
        var (bound, problem) = await JsonBody.BindAsync<PerimeterRequest>(http, cancel);
        return problem ?? await EditAsync(async transaction =>
        {
            var row = await Coded(code).SingleOrDefaultAsync(cancel);
            if (row is null && http.Request.Headers.IfMatch.Count > 0)
                return Problems.PreconditionFailed.Because($"there is no perimeter '{code}' to change; without If-Match it is added");
            if (row is not null && Conditional.MayChange(http, row.Version) is { } versionProblem) return versionProblem;
            var (request, sent, own) = (bound!.Value, bound.Value.Code, row?.Code ?? code);
            request.Code = own;
            var (wanted, wrong) = await ReadAsync(bound, CodeChange.Errors(sent, sent is not null, own), cancel);
            if (wrong is not null) return wrong;
            if (row is not null) return await ChangeAsync(http, transaction, row, wanted!, cancel);
            database.Add(wanted!);
            await StoreAsync(transaction, wanted!, "created", cancel);
            return PerimeterListSchema.Fields.Created(http, wanted!, wanted!.Version, $"/v1/perimeters/{wanted.Code}");
        }, cancel);
    }

    public async Task<IResult> PatchAsync(HttpContext http, string code, CancellationToken cancel)
    {
        var (bound, problem) = await JsonBody.BindAsync<PerimeterRequest>(http, cancel);
        return problem ?? await EditAsync(async transaction =>
        {
            if (await Coded(code).SingleOrDefaultAsync(cancel) is not { } row) return NotFound(code);
            if (Conditional.MayChange(http, row.Version) is { } versionProblem) return versionProblem;
            var patched = bound! with { Value = bound.Value.MergeInto(row, bound.Given) };
            var (wanted, wrong) = await ReadAsync(patched, CodeChange.Errors(bound.Value.Code, bound.Given.Contains("code"), row.Code), cancel);
            return wrong ?? await ChangeAsync(http, transaction, row, wanted!, cancel);
        }, cancel);
    }

    public Task<IResult> DeleteAsync(HttpContext http, string code, CancellationToken cancel) =>
        EditAsync(async transaction =>
        {
            if (await Coded(code).SingleOrDefaultAsync(cancel) is not { } row) return NotFound(code);
            if (Conditional.MayChange(http, row.Version) is { } problem) return problem;
            database.Remove(row);
            await StoreAsync(transaction, row, "removed", cancel);
            return PerimeterListSchema.Fields.ToJsonResult(row, StatusCodes.Status200OK);
        }, cancel);

    IQueryable<PerimeterRow> Coded(string code)
    {
        var wanted = code.Replace("\0", "").ToLowerInvariant();
        return database.Set<PerimeterRow>().Where(p => p.Code == wanted);
    }

    static Problem NotFound(string code) => Problems.NotFound.Because($"there is no perimeter '{code}'");

    /// <summary>Runs an edit under the lock of editors of the catalogue: the parties and items that the filter names stay meanwhile.</summary>
    Task<IResult> EditAsync(Func<WriteTransaction, Task<IResult>> edit, CancellationToken cancel) =>
        WriteRetry.RunAsync(database, async () =>
        {
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            await CatalogueLocks.EditAsync(database, cancel);
            return await edit(transaction);
        }, cancel);

    /// <summary>The row that a request asks for, or all its errors.</summary>
    async Task<(PerimeterRow? Row, Problem? Problem)> ReadAsync(
        BindingResult<PerimeterRequest> bound, IEnumerable<ProblemError> codeErrors, CancellationToken cancel)
    {
        List<ProblemError> errors = [.. codeErrors, .. Validation.Errors(bound, Validator)];
        var filter = "";
        if (bound.Value.Filter is { } text && errors.All(e => e.Pointer != "/filter"))
        {
            (filter, var wrong) = PerimeterFilter.Read(text, await CatalogueStore.ReadAsync(database, cancel), clock.Today);
            errors.AddRange(wrong);
        }
        return errors.Count > 0 ? (null, Problem.From(errors)) : (bound.Value.ToPerimeter(filter), null);
    }

    async Task<IResult> ChangeAsync(HttpContext http, WriteTransaction transaction, PerimeterRow row, PerimeterRow wanted, CancellationToken cancel)
    {
        (row.Name, row.Description, row.Filter) = (wanted.Name, wanted.Description, wanted.Filter);
        if (database.ChangeTracker.HasChanges())
        {
            row.Version++;
            await StoreAsync(transaction, row, "changed", cancel);
        }
        http.Response.Headers.ETag = Conditional.ItemTag(row.Version);
        return PerimeterListSchema.Fields.ToJsonResult(row, StatusCodes.Status200OK);
    }

    async Task StoreAsync(WriteTransaction transaction, PerimeterRow row, string what, CancellationToken cancel)
    {
        var change = await changes.BeginAsync(ChangeKind.Perimeter, cancel);
        await database.SaveChangesAsync(cancel);
        change.AddResource("perimeters", row.Code, what);
        await changes.CommitAsync(transaction, change, cancel);
    }
}
