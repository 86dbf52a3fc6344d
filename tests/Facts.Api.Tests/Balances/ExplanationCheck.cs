using System.Text.Json;

namespace Facts.Api.Tests.Balances;

/// <summary>Checks that an explanation belongs to its row and adds up.</summary>
static class ExplanationCheck
{
    static readonly string[] NotFromFacts = ["fulfilment_rate"];

    /// <summary>Returns the differences between a row and its explanation. Empty if the terms and facts of the explanation give each number.</summary>
    public static async Task<List<string>> WrongAsync(Case api, JsonElement row)
    {
        var wrong = new List<string>();
        var url = row.GetProperty("explain").GetString()!;
        var explanation = await api.GetAsync(url);
        if (new Row(row).Text() != new Row(explanation.GetProperty("row")).Text()) wrong.Add($"{url}: explains another row");
        var arithmetic = explanation.GetProperty("arithmetic").EnumerateArray().ToDictionary(a => a.GetProperty("measure").GetString()!);
        foreach (var measure in row.EnumerateObject().Where(m => m.Name.EndsWith("_low", StringComparison.Ordinal)).Select(m => m.Name[..^4])
            .Except(NotFromFacts))
        {
            var terms = arithmetic[measure].GetProperty("terms");
            var (low, high) = Sum(terms);
            if (arithmetic[measure].GetProperty("ends_exchanged").GetBoolean())
            {
                if (!(high < low)) wrong.Add($"{url}: {measure} is from {low} to {high}, which is in order");
                (low, high) = (high!.Value, low);
            }
            // Where only commitments are asked about, nothing is said of some measures.
            if (Number(row, measure + "_low") is null && terms.GetArrayLength() == 0) continue;
            if (low != Number(row, measure + "_low") || high != Number(row, measure + "_high"))
                wrong.Add($"{url}: {measure} is {new Row(row)[measure]}, its terms give {low} and {(high is null ? "no bound" : high)}");
        }
        foreach (var count in explanation.GetProperty("counts").EnumerateArray())
            if (row.GetProperty(count.GetProperty("count").GetString()!).GetInt32() != count.GetProperty("facts").GetArrayLength())
                wrong.Add($"{url}: {count}");
        return wrong;
    }

    static (decimal Low, decimal? High) Sum(JsonElement terms)
    {
        var (low, high) = (0m, (decimal?)0m);
        foreach (var term in terms.EnumerateArray())
        {
            low += term.GetProperty("low").GetDecimal();
            high = Number(term, "high") is { } number ? high + number : null;
        }
        return (low, high);
    }

    static decimal? Number(JsonElement of, string name) => of.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;
}
