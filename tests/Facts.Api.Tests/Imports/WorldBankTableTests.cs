using System.Text.Json;

namespace Facts.Api.Tests.Imports;

/// <summary>The 110 World Bank loans as a CSV table.</summary>
public sealed class WorldBankTableTests(WorldBankTableTests.Loaded loaded) : WorldBankTotalTests(loaded), IClassFixture<WorldBankTableTests.Loaded>
{
    public sealed class Loaded(Databases databases) : WorldBank(databases, "text/csv", Table);

    static string Table(string lines)
    {
        var rows = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var names = rows.SelectMany(row => row.EnumerateObject().Select(member => member.Name)).Distinct().ToList();
        return string.Join('\n', rows.Select(row => string.Join(',',
            names.Select(name => row.TryGetProperty(name, out var value) ? Cell(value) : ""))).Prepend(string.Join(',', names)));
    }

    static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => Quoted(string.Join(';', value.EnumerateArray().Select(v => v.GetString()))),
        JsonValueKind.String => Quoted(value.GetString()!),
        _ => value.GetRawText(),
    };

    static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"")}\"";
}
