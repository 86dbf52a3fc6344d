using Facts.Api.Articles;
using Facts.Api.Balances;
using Facts.Api.Claims;
using Facts.Api.Commitments;
using Facts.Api.Database;
using Facts.Api.Deliveries;
using Facts.Api.Http;
using Facts.Api.Imports;
using Facts.Api.Items;
using Facts.Api.Ledger;
using Facts.Api.Parties;
using Facts.Api.Requests;
using Facts.Api.Running;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddRunning();
    await builder.UseFactsDatabaseAsync();
    builder.Services.AddFactsHttp();
    builder.Services.AddSingleton(services => AdminKey.Of(services.GetRequiredService<FirstKey>().Text));
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddSingleton(new DatasetVersion((http, cancel) => Dataset.VersionAsync(http.RequestServices.GetRequiredService<FactsContext>(), cancel)));
    builder.Services.AddScoped<Ledger>().AddScoped<ClaimWriter>().AddScoped<BalanceQuery>().AddScoped<FactLists>();

    var app = builder.Build();
    app.UseFactsHttp();
    app.MapHealth();
    app.MapArticles();
    app.MapClaims();
    app.MapRequests();
    app.MapCommitments();
    app.MapDeliveries();
    app.MapBalances();
    app.MapParties();
    app.MapItems();
    app.MapImports();
    app.AnnounceWhenStarted();
    return await app.RunFactsAsync(args, Sample.LoadAsync);
}
catch (Exception failure) when (StartException.Explain(failure) is not null)
{
    await Console.Error.WriteLineAsync("facts: " + StartException.Explain(failure));
    return 1;
}
