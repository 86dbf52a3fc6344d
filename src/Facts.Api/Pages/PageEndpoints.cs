using Facts.Api.Access;
using Facts.Api.Articles;
using Facts.Api.Balances;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.FactLists;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>The pages for readers. Each is one GET, rendered on the server; the address holds the whole question.</summary>
internal static class PageEndpoints
{
    public static IServiceCollection AddFactsPages(this IServiceCollection services) =>
        services.AddSingleton<StoreSummaries>().AddScoped<PageFrames>().AddScoped<ExploreReader>().AddScoped<ListReader>().AddScoped<PlaceReader>()
            .AddScoped<ChartQuestion>().AddScoped<TimelineEvents>().AddScoped<Feeds>();

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        PageAssets.Map(routes);
        Page(routes, "/", ExploreAsync).KeepsAnswers();
        Page(routes, "/explain", ExplainAsync);
        Page(routes, "/embed", EmbedAsync).KeepsAnswers();
        Page(routes, "/oembed", OEmbed.AnswerAsync);
        Page(routes, "/datapackage/{list}.json", DataPackage.AnswerAsync);
        Page(routes, DataCatalog.Path, DataCatalog.AnswerAsync);
        Page(routes, "/deadlines.ics", Calendar.AnswerAsync);
        Page(routes, "/feed.atom", (HttpContext http, Feeds feeds, CancellationToken cancel) => feeds.AtomAsync(http, cancel));
        Page(routes, "/feed.json", (HttpContext http, Feeds feeds, CancellationToken cancel) => feeds.JsonAsync(http, cancel));
        ChartEndpoints.Map(routes);
        Page(routes, "/commitments", (HttpContext http, ListReader lists, PageFrames frames, FactListAnswers facts, CancellationToken cancel) =>
            ListAsync(http, ListKinds.Commitments, lists, frames, (request, token) =>
                facts.AnswerAsync(request, CommitmentListSchema.Fields, r => r.Commitments, token), cancel));
        Page(routes, "/deliveries", (HttpContext http, ListReader lists, PageFrames frames, FactListAnswers facts, CancellationToken cancel) =>
            ListAsync(http, ListKinds.Deliveries, lists, frames, (request, token) =>
                facts.AnswerAsync(request, DeliveryListSchema.Fields, r => r.Deliveries, token), cancel));
        Page(routes, "/claims",
            (HttpContext http, ListReader lists, PageFrames frames, FactsContext database, CatalogueCache catalogues, CancellationToken cancel) =>
            ListAsync(http, ListKinds.Claims, lists, frames, (request, token) => ClaimEndpoints.ListAsync(request, database, catalogues, token), cancel));
        Page(routes, "/articles", (HttpContext http, ListReader lists, PageFrames frames, FactsContext database, CancellationToken cancel) =>
            ListAsync(http, ListKinds.Articles, lists, frames, (request, token) => ArticleEndpoints.ListAsync(request, database, token), cancel));
        foreach (var kind in new[] { "donors", "recipients", "items" })
            Page(routes, $"/{kind}/{{code}}", (HttpContext http, string code, PlaceReader places, PageFrames frames, CancellationToken cancel) =>
                SubjectAsync(http, kind, code, places, frames, cancel)).KeepsAnswers();
        foreach (var kind in new[] { "commitments", "deliveries", "requests" })
            Page(routes, $"/{kind}/{{id}}", (HttpContext http, string id, PlaceReader places, PageFrames frames, CancellationToken cancel) =>
                FactAsync(http, kind, id, places, frames, cancel));
        Page(routes, "/commitments/{id}/chart.svg", ChartEndpoints.DrawCommitmentAsync);
        Page(routes, "/commitments/{id}/chart.png", ChartEndpoints.PaintCommitmentAsync);
        Page(routes, "/perimeters/{code}", PerimeterAsync);
        Page(routes, "/claims/{id}", ClaimAsync);
        Page(routes, "/articles/{id}", ArticleAsync);
    }

    /// <summary>A page: it shows data, so it may need a key, and it is no part of the interface's document.</summary>
    static RouteHandlerBuilder Page(IEndpointRouteBuilder routes, string path, Delegate handler) =>
        routes.MapGet(path, handler).ExcludeFromDescription().ShowsData().ReadsSnapshot().WithMetadata(new ProblemPage(FailedPage.AnswerAsync));

    static async Task<IResult> ExploreAsync(
        HttpContext http, ExploreReader reader, PlaceReader places, PageFrames frames, CancellationToken cancel)
    {
        var question = PageQuestion.Read(http, ExploreReader.Parameters, frames.Today);
        if (question.Redirect is { } address) return Results.Redirect(address);
        if (await frames.FreshAsync(http, cancel) is { } notModified) return notModified;
        var model = await reader.ReadAsync(http, question, cancel);
        if (question.Address.Query.Count == 0) model = model with { Perimeters = await places.PerimetersAsync(http) };
        var frame = await frames.ReadAsync(http, Titles.Of(model), question.Address, cancel);
        if (model.Answer is null) return PageAnswer.Of<Explore>(model, frame) with { Status = StatusCodes.Status400BadRequest };
        return PageAnswer.Of<Explore>(model, Followed(frame, question.Address) with { DataSet = DataSet.Write(frame) });
    }

    /// <summary>The frame with the picture and the feeds of a question.</summary>
    static PageFrame Followed(PageFrame frame, PageAddress question) => frame with
    {
        Image = frame.Origin + question.At("/v1/balances/chart.png", BalanceFilter.Parameters.Select(p => p.Name)),
        Alternates =
        [
            ("All data sets (DCAT)", DataCatalog.Type, DataCatalog.Path),
            ("This question as oEmbed", "application/json+oembed", $"/oembed?url={Uri.EscapeDataString(frame.Origin + question)}"),
            ("What happened to promises", "application/atom+xml", question.At("/feed.atom", Feeds.Parameters.Select(p => p.Name)).ToString()),
            ("What happened to promises", "application/feed+json", question.At("/feed.json", Feeds.Parameters.Select(p => p.Name)).ToString()),
        ],
    };

    static async Task<IResult> PerimeterAsync(
        HttpContext http, string code, PlaceReader places, ExploreReader reader, PageFrames frames, CancellationToken cancel)
    {
        var asked = PageQuestion.Read(http, PlaceReader.Parameters, frames.Today);
        if (await EarlyAsync(http, asked, frames, cancel) is { } early) return early;
        if (await places.PerimeterAsync(http, code) is not { } perimeter) return await MissingAsync(http, "perimeters", code, places, frames, cancel);
        // A day that the page is asked for goes before that of the filter.
        var filter = asked.Address.Query.Aggregate(PerimeterPlace.Question(perimeter), (address, part) => address.With(part.Name, part.Value));
        var question = PageQuestion.Read(RoomQuestion.Request(http, filter.Path, filter.Query), ExploreReader.Parameters, frames.Today);
        var place = new PerimeterPlace(perimeter, await reader.ReadAsync(http, question, cancel));
        var frame = await frames.ReadAsync(http, perimeter.Name, asked.Address, cancel);
        var page = PageAnswer.Of<PerimeterPage>(place, Followed(frame, filter) with { Description = perimeter.Description ?? Titles.Of(place.Explore) });
        // Where a party or item of the filter was deleted, the stored question has no answer.
        return place.Explore.Answer is null ? page with { Status = StatusCodes.Status409Conflict } : page;
    }

    static async Task<IResult> EmbedAsync(HttpContext http, ChartQuestion charts, PageFrames frames, CancellationToken cancel)
    {
        var question = PageQuestion.Read(http, ChartQuestion.Parameters, frames.Today);
        if (await frames.FreshAsync(http, cancel) is { } notModified) return notModified;
        var chart = question.Errors.Count > 0 ? null : await charts.DrawAsync(http, question.Parameters, cancel);
        if (chart is null) return await WrongAsync(http, question, question.Parameters.Problem!.Errors, frames, cancel);
        var frame = await frames.ReadAsync(http, chart.Title, question.Address, cancel);
        var full = question.Address.At("/", ExploreReader.Parameters.Select(p => p.Name)).ToString();
        return PageAnswer.Of<EmbedPage>(new EmbedPlace(chart, full), frame with { IsEmbed = true });
    }

    static async Task<IResult> ExplainAsync(HttpContext http, PlaceReader places, PageFrames frames, CancellationToken cancel)
    {
        var question = PageQuestion.Read(http, BalanceEndpoints.ExplanationParameters, frames.Today);
        if (await frames.FreshAsync(http, cancel) is { } notModified) return notModified;
        if (question.Errors.Count > 0) return await WrongAsync(http, question, question.Errors, frames, cancel);
        var (place, problem) = await places.ExplainAsync(http, question, cancel);
        if (place is null)
            return problem!.Kind == Problems.NotFound
                ? await MissingAsync(http, "explain", question.Address.Value("row_donor") ?? "asked for", places, frames, cancel)
                : await WrongAsync(http, question, problem.Errors, frames, cancel);
        return PageAnswer.Of<ExplainPage>(place,
            await frames.ReadAsync(http, "Behind the numbers: " + Naming.Of(place.Explanation.Row), question.Address, cancel));
    }

    static async Task<IResult> ListAsync<TRow>(HttpContext http, ListKind<TRow> kind, ListReader lists, PageFrames frames,
        Func<HttpContext, CancellationToken, Task<IResult>> answer, CancellationToken cancel) where TRow : class
    {
        var question = PageQuestion.Read(http, kind.Parameters, frames.Today);
        if (question.Redirect is { } address) return Results.Redirect(address);
        if (await frames.FreshAsync(http, cancel) is { } notModified) return notModified;
        var model = await lists.ReadAsync(http, question, kind, answer, cancel);
        return PageAnswer.Of<ListPageView>(model, await frames.ReadAsync(http, model.Title, question.Address, cancel)) with { Status = StatusOf(model.Form) };
    }

    static async Task<IResult> SubjectAsync(HttpContext http, string kind, string code, PlaceReader places, PageFrames frames, CancellationToken cancel)
    {
        var question = PageQuestion.Read(http, PlaceReader.Parameters, frames.Today);
        if (await EarlyAsync(http, question, frames, cancel) is { } early) return early;
        var (place, known) = await places.SubjectAsync(http, kind, code, question.Parameters, cancel);
        if (place is null)
            return known is null ? await MissingAsync(http, kind, code, places, frames, cancel)
                : Results.Redirect($"/{kind}/{Uri.EscapeDataString(known)}{http.Request.QueryString}", permanent: true);
        return PageAnswer.Of<SubjectPage>(place, await frames.ReadAsync(http, place.Name, question.Address, cancel));
    }

    static async Task<IResult> FactAsync(HttpContext http, string kind, string id, PlaceReader places, PageFrames frames, CancellationToken cancel)
    {
        var question = PageQuestion.Read(http, PlaceReader.Parameters, frames.Today);
        if (await EarlyAsync(http, question, frames, cancel) is { } early) return early;
        var (place, successor) = await places.FactAsync(http, kind, id, question.Parameters, cancel);
        if (place is null)
            return successor is null ? await MissingAsync(http, kind, id, places, frames, cancel) : Results.Redirect(successor, permanent: true);
        var frame = await frames.ReadAsync(http, place.Title, question.Address, cancel);
        return PageAnswer.Of<FactPage>(place, CommitmentChart.Of(place) is null ? frame : frame with { Image = $"{frame.Origin}{place.Picture("png")}" });
    }

    static async Task<IResult> ClaimAsync(HttpContext http, string id, PlaceReader places, PageFrames frames, CancellationToken cancel)
    {
        var question = PageQuestion.Read(http, [], frames.Today);
        if (await EarlyAsync(http, question, frames, cancel) is { } early) return early;
        return await places.ClaimAsync(http, id, cancel) is { } place
            ? PageAnswer.Of<ClaimPage>(place, await frames.ReadAsync(http, $"Claim {id}", question.Address, cancel))
            : await MissingAsync(http, "claims", id, places, frames, cancel);
    }

    static async Task<IResult> ArticleAsync(HttpContext http, string id, PlaceReader places, PageFrames frames, CancellationToken cancel)
    {
        var question = PageQuestion.Read(http, [], frames.Today);
        if (await EarlyAsync(http, question, frames, cancel) is { } early) return early;
        return await places.ArticleAsync(http, id) is { } place
            ? PageAnswer.Of<ArticlePage>(place, await frames.ReadAsync(http, place.Row.Title ?? $"Article {id}", question.Address, cancel))
            : await MissingAsync(http, "articles", id, places, frames, cancel);
    }

    /// <summary>The answer of a page of one thing that needs no reading of it: a clearer address, what is wrong, or 304. Else null.</summary>
    static async Task<IResult?> EarlyAsync(HttpContext http, PageQuestion question, PageFrames frames, CancellationToken cancel)
    {
        if (question.Redirect is { } address) return Results.Redirect(address);
        if (question.Errors.Count > 0) return await WrongAsync(http, question, question.Errors, frames, cancel);
        return await frames.FreshAsync(http, cancel);
    }

    static async Task<IResult> MissingAsync(HttpContext http, string kind, string asked, PlaceReader places, PageFrames frames, CancellationToken cancel) =>
        PageAnswer.Of<MissingPage>(await places.MissingAsync(http, kind, asked, cancel),
            await frames.ReadAsync(http, "Not here", PageAddress.Of(http), cancel)) with
        { Status = StatusCodes.Status404NotFound };

    static async Task<IResult> WrongAsync(
        HttpContext http, PageQuestion question, IReadOnlyList<ProblemError> errors, PageFrames frames, CancellationToken cancel) =>
        PageAnswer.Of<WrongPage>(new WrongPlace(errors, question),
            await frames.ReadAsync(http, "A question that is not clear", question.Address, cancel))
            with
        { Status = StatusCodes.Status400BadRequest };

    static int StatusOf(QuestionForm form) => form.Errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
}
