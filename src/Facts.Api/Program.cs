using Facts.Api.Running;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddRunning();
    await builder.UseFactsDatabaseAsync();

    var app = builder.Build();
    app.MapHealth();
    app.AnnounceWhenStarted();
    return await app.RunFactsAsync(args);
}
catch (Exception failure) when (StartException.Explain(failure) is not null)
{
    await Console.Error.WriteLineAsync("facts: " + StartException.Explain(failure));
    return 1;
}
