using Facts.Api.Access;
using Facts.Api.Articles;
using Facts.Api.Balances;
using Facts.Api.Catalogue;
using Facts.Api.Changes;
using Facts.Api.Claims;
using Facts.Api.Docs;
using Facts.Api.FactLists;
using Facts.Api.Hosting;
using Facts.Api.Http;
using Facts.Api.Idempotency;
using Facts.Api.Imports;
using Facts.Api.Merges;
using Facts.Api.Pages;
using Facts.Api.Perimeters;
using Facts.Api.Projections;
using Facts.Api.Review;

try
{
    if (CommandDispatcher.ExplainsItself(args)) return 0;
    // Settings are read once. A file watcher on the settings would also watch the data directory of the database.
    var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
    builder.AddFactsHosting();
    await builder.UseFactsDatabaseAsync();
    builder.Services.AddFactsHttp();
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddFactsAccess();
    builder.Services.AddSingleton(services => services.GetRequiredService<Settings>().NewSpool()).AddSingleton<ImportQueue>().AddHostedService<ImportWorker>();
    builder.Services.AddSingleton<ChangeEvents>().AddSingleton<CatalogueCache>().AddSingleton<WriteCatalogue>().AddSingleton<Crowds>();
    builder.Services.AddScoped<ChangeLog>().AddScoped<FactProjector>().AddScoped<Verifier>().AddScoped<ImportPipeline>().AddScoped<ClaimWriter>()
        .AddScoped<ImportRun>()
        .AddScoped<BalanceQuery>().AddScoped<FactListAnswers>().AddScoped<PartyEditor>().AddScoped<ItemEditor>().AddScoped<CatalogueMerger>()
        .AddScoped<PerimeterEditor>();
    builder.Services.AddFactsPages();

    var app = builder.Build();
    app.UseFactsHttp();
    app.UseFactsAccess();
    app.UseOutputCache();
    app.UseMiddleware<IdempotencyMiddleware>();
    app.MapPages();
    app.MapDocs();
    app.MapHealth();
    app.MapArticles();
    app.MapClaims();
    app.MapRequests();
    app.MapCommitments();
    app.MapDeliveries();
    app.MapBalances();
    app.MapParties();
    app.MapItems();
    app.MapMerges();
    app.MapPerimeters();
    app.MapImports();
    app.MapReview();
    app.MapChanges();
    app.MapKeys();
    app.MapVerification();
    app.AnnounceWhenStarted();
    return await app.RunFactsAsync(args, Sample.LoadAsync, new Dictionary<string, Verb>
    {
        ["verify"] = Verification.RunAsync,
        ["rebuild"] = Rebuilding.RunAsync,
        ["new-epoch"] = NewEpoch.RunAsync,
    });
}
catch (Exception failure) when (StartException.Explain(failure) is not null)
{
    await Console.Error.WriteLineAsync("facts: " + StartException.Explain(failure));
    return 1;
}
