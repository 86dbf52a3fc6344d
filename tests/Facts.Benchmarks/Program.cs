using System.Globalization;
using Facts.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["bare", var connectionString, var address])
{
    await Bare.RunAsync(connectionString, address);
    return 0;
}
Dictionary<string, Func<Store, int, Task>> benchmarks = new()
{
    ["balances"] = Balances.RunAsync,
    ["crowd"] = Crowd.RunAsync,
    ["loads"] = Loads.RunAsync,
    ["exports"] = Exports.RunAsync,
    ["pages"] = Pages.RunAsync,
    ["past"] = Past.RunAsync,
    ["reads"] = Reads.RunAsync,
    ["scale"] = Scale.RunAsync,
    ["start"] = Start.RunAsync,
    ["writers"] = Writers.RunAsync,
};
var names = args.TakeWhile(a => !a.StartsWith('-')).ToList();
var claims = 1_000_000;
var isWrong = names.Count == 0 || names.Exists(n => !benchmarks.ContainsKey(n));
foreach (var option in args.Skip(names.Count).Chunk(2))
{
    if (option is not ["--claims" or "--batch", var text] || !int.TryParse(text, out var number) || number < 1) isWrong = true;
    else if (option[0] == "--claims") claims = number;
    else Loads.Batch = number;
}
if (isWrong)
{
    Console.Error.WriteLine($"usage: dotnet run -c Release --project tests/Facts.Benchmarks -- {string.Join('|', benchmarks.Keys)}… [--claims 1000000] [--batch claims sent at a time]");
    return 2;
}
foreach (var name in names)
{
    await using var store = await Store.StartAsync();
    await Machine.DescribeAsync(name, store, claims);
    await benchmarks[name](store, claims);
}
return 0;
