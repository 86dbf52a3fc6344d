using System.Text.Json;
using Facts.EmbeddedPostgres;

// The options as JSON in; one line of JSON out once the server answers; the server stays until the input ends.
var options = JsonSerializer.Deserialize<EmbeddedServerOptions>(args[0])!;
try
{
    await using var server = await EmbeddedServer.StartAsync(options with { Log = Console.Error.WriteLine });
    Console.WriteLine(JsonSerializer.Serialize(new { server.ConnectionString, server.IsAdopted, server.ProcessId, server.MajorVersion }));
    await Console.In.ReadToEndAsync();
}
catch (EmbeddedServerException refusal)
{
    Console.Error.WriteLine(refusal.Message);
    return 1;
}
return 0;
