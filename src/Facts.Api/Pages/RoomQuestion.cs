using Facts.Api.Balances;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>Asks another room what its list answers. The question is checked, filtered and sorted as one over HTTP is, without HTTP.</summary>
internal static class RoomQuestion
{
    /// <summary>A request of the interface within the request of a page: its own path and query, the page's services and snapshot.</summary>
    public static HttpContext Request(HttpContext page, string path, IEnumerable<(string Name, string Value)> query)
    {
        var inner = new DefaultHttpContext { RequestServices = page.RequestServices, User = page.User, RequestAborted = page.RequestAborted };
        inner.Request.Method = HttpMethods.Get;
        inner.Request.Path = path;
        inner.Request.QueryString = QueryString.Create(query.Select(q => KeyValuePair.Create(q.Name, (string?)q.Value)));
        return inner;
    }

    /// <summary>A page of a list.</summary>
    /// <param name="page">The request of the page.</param>
    /// <param name="path">Path of the list in the interface.</param>
    /// <param name="query">Its parameters.</param>
    /// <param name="answer">Answers the list.</param>
    /// <returns>The rows, or the problem for which the list refuses the question.</returns>
    public static async Task<(ListPage<TRow>? Page, Problem? Problem)> ListAsync<TRow>(
        HttpContext page, string path, IEnumerable<(string Name, string Value)> query, Func<HttpContext, CancellationToken, Task<IResult>> answer)
        where TRow : class =>
        await answer(Request(page, path, query), page.RequestAborted) switch
        {
            ListPage<TRow> rows => (rows, null),
            Problem problem => (null, problem),
            var other => throw new InvalidOperationException($"{path} answers {other.GetType().Name} and no page of a list"),
        };

    /// <summary>A page of a list whose question is known to be right.</summary>
    public static async Task<ListPage<TRow>> RowsAsync<TRow>(
        HttpContext page, string path, IEnumerable<(string Name, string Value)> query, Func<HttpContext, CancellationToken, Task<IResult>> answer)
        where TRow : class =>
        await ListAsync<TRow>(page, path, query, answer) switch
        {
            ({ } rows, _) => rows,
            var (_, problem) => throw new ProblemException(problem!),
        };

    /// <summary>A row of a balance. Its explanation is a page.</summary>
    /// <param name="inner">The request of the balance: <see cref="Request"/>.</param>
    /// <param name="sums">The sums of the row.</param>
    /// <param name="filter">The query of the balance.</param>
    /// <param name="catalogue">Has the names.</param>
    /// <param name="day">Day of a row of a timeline; null where the query gives the day.</param>
    public static BalanceResponse Row(HttpContext inner, BalanceSums sums, BalanceFilter filter, CatalogueSnapshot catalogue, DateOnly? day = null)
    {
        var urls = BalanceExplanation.Urls(inner.Request, filter.GroupBy, isTimeline: day is not null);
        return new(sums, day ?? filter.Evaluation.AsOf, filter, catalogue.Shown, (key, of) => urls(key, of)["/v1/balances".Length..]);
    }

    /// <summary>The nested rows of an embed.</summary>
    public static IReadOnlyList<TNested> Nested<TRow, TNested>(this ListPage<TRow> page, TRow row, string embed) where TRow : class =>
        [.. (IEnumerable<TNested>)page.Columns.Single(c => c.Name == embed && c.Type.Kind == WireKind.Nested).Get(row)!];
}
