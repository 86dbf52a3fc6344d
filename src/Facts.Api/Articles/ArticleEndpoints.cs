using Facts.Api.Access;
using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Articles;

internal static class ArticleEndpoints
{
    public static void MapArticles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/articles", ListAsync).WithOperation(ArticleListSchema.Fields, new("listArticles", "articles", "List articles")
        {
            Description = "Source documents with publisher, date and status.",
        });
        routes.MapGet("/v1/articles/{id}", GetAsync).WithOperation(new("getArticle", "articles", "Get an article")
        {
            Description = "One source document. Its ETag is needed to change its status.",
            Path = [new("id", WireType.Whole, "Id of the article.") { Example = "1" }],
            Query = [ArticleListSchema.Fields.EmbedParameter],
            Answer = ArticleListSchema.Fields.Shape(),
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapPost("/v1/articles", CreateAsync).Requires(KeyScope.Contribute).WithOperation(new("createArticle", "articles", "Add an article")
        {
            Description = "Stores an article without claims. Recording a claim stores its article too, so this is rarely needed.",
            Body = typeof(ArticleRequest),
            Examples =
            [
                ("an article",
                    """{"url":"https://example.org/article","title":"An article","publisher":"Example","published_on":"2024-12-04","language":"en"}"""),
            ],
            Answer = ArticleListSchema.Fields.Shape(),
            Status = StatusCodes.Status201Created,
            Errors = [Problems.Conflict, Problems.InvalidDate],
        }).ValidatesParameters();
        routes.MapPatch("/v1/articles/{id}", StatusAsync).Requires(KeyScope.Edit)
            .WithOperation(new("setArticleStatus", "articles", "Correct or retract an article")
            {
                Path = [new("id", WireType.Whole, "Id of the article.") { Example = "2" }],
                Description = "Claims of a `retracted` article stop counting from now on; an earlier `known_at` still shows them. Needs If-Match.",
                Body = typeof(StatusRequest),
                Examples = [("correct it", """{"status":"corrected"}"""), ("retract it", """{"status":"retracted"}""")],
                Answer = ArticleListSchema.Fields.Shape(),
                Errors = [Problems.NotFound, Problems.Conflict, Problems.PreconditionRequired, Problems.PreconditionFailed],
            }).ValidatesParameters();
    }

    public static Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        ArticleListSchema.Fields.AnswerAsync(http, (_, _) => Task.FromResult(
            new ListSource<ArticleRow>(database.Set<ArticleRow>().AsNoTracking()) { Embed = (_, rows, token) => ClaimsAsync(database, rows, token) }), cancel);

    static async Task<Func<ArticleRow, object?>> ClaimsAsync(FactsContext database, IReadOnlyList<ArticleRow> articles, CancellationToken cancel)
    {
        var claims = (await EvidenceRow.ReadByArticlesAsync(database, [.. articles.Select(a => a.Id)], cancel)).ToLookup(c => c.ArticleId);
        return article => claims[article.Id];
    }

    static async Task<IResult> GetAsync(HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        var article = ResourceId.TryParse(id, out var number)
            ? await database.Set<ArticleRow>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == number, cancel) : null;
        return article is null ? Problems.NotFound.Because($"there is no article '{id}'")
            : await ArticleListSchema.Fields.ItemAsync(http, article, article.Version, (_, rows, token) => ClaimsAsync(database, rows, token), cancel);
    }

    static async Task<IResult> CreateAsync(HttpContext http, FactsContext database, ChangeLog changes, TimeProvider clock, CancellationToken cancel)
    {
        var (request, problem, _) = await JsonBody.ReadAsync(http, cancel, new ArticleRequestValidator());
        if (problem is not null) return problem;
        return await WriteRetry.RunAsync<IResult>(database, async () =>
        {
            var article = request!.ToArticle();
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            var change = await changes.BeginAsync(ChangeKind.Article, cancel);
            var known = await ArticleStore.FindAsync(database, [new(null, article.ExternalId, article.Url)], cancel);
            if (known.Find(new(null, article.ExternalId, article.Url)) is { } stored)
                return Problems.Conflict.Because($"it is stored already, as /v1/articles/{stored.Id}");
            await BulkImportLock.NameAsync(database, () => ArticleStore.AddAsync(database, [article], clock.GetUtcNow(), cancel), cancel);
            change.AddResource("articles", article.Id, "created");
            await changes.CommitAsync(transaction, change, cancel);
            return ArticleListSchema.Fields.Created(http, article, article.Version, $"/v1/articles/{article.Id}");
        }, cancel);
    }

    static async Task<IResult> StatusAsync(
        HttpContext http, string id, FactsContext database, FactProjector projector, ChangeLog changes, CancellationToken cancel)
    {
        var (request, problem, _) = await JsonBody.ReadAsync(http, cancel, new StatusRequestValidator());
        if (problem is not null) return problem;
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        if (ResourceId.TryParse(id, out var number)) await ArticleLocks.WaitAsync(database, number, cancel);
        var change = await changes.BeginAsync(ChangeKind.Article, cancel);
        var article = await database.Set<ArticleRow>().SingleOrDefaultAsync(a => a.Id == number, cancel);
        if (article is null) return Problems.NotFound.Because($"there is no article '{id}'");
        if (Conditional.MayChange(http, article.Version) is { } versionProblem) return versionProblem;
        if (article.RetractedAt is not null && request!.Status != article.Status)
            return Problems.Conflict.Because("the article is retracted, which is for good: record its claims under another external_id if it comes back");
        if (request!.Status != article.Status)
        {
            article.Status = request.Status!;
            // A placeholder later than every record time. The real time is known when the change is appended, below.
            article.RetractedAt = article.Status == "retracted" ? DateTimeOffset.MaxValue : null;
            article.Version++;
            var written = database.Database.SqlQuery<string>($"select distinct partition as \"Value\" from claims where article_id = {article.Id}");
            var partitions = await projector.LockAsync(await written.ToListAsync(cancel), cancel);
            await database.SaveChangesAsync(cancel);
            await projector.RefreshAsync(change, partitions, cancel);
            change.AddResource("articles", article.Id, "changed");
            await changes.AppendAsync(change, cancel);
            if (article.RetractedAt is not null) article.RetractedAt = change.RecordedAt;
            await database.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        http.Response.Headers.ETag = Conditional.ItemTag(article.Version);
        return ArticleListSchema.Fields.ToJsonResult(article, StatusCodes.Status200OK);
    }
}
