using System.Text;
using System.Text.Json;

namespace Facts.Benchmarks;

/// <summary>A made-up claim, in the interface's names; null where it says nothing.</summary>
internal sealed record ClaimLine
{
    public static readonly string[] Columns =
    [
        "external_id", "article_external_id", "article_url", "article_title", "article_publisher", "article_published_on", "article_language", "kind",
        "firmness",
        "donors", "recipient", "items", "quantity_low", "quantity_high", "quantity_qualifier", "quantity_basis", "unit", "stated_on", "happened_on", "due_on",
        "stage", "commitment", "quote", "claimant", "attribution",
    ];

    readonly object?[] _values = new object?[Columns.Length];

    /// <summary>A text, a number, or texts.</summary>
    public object? this[string column]
    {
        get => _values[Array.IndexOf(Columns, column)];
        init => _values[Array.IndexOf(Columns, column)] = value;
    }

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (var i = 0; i < Columns.Length; i++)
        {
            if (_values[i] is null) continue;
            json.WritePropertyName(Columns[i]);
            JsonSerializer.Serialize(json, _values[i]);
        }
        json.WriteEndObject();
    }

    public string Csv() => string.Join(',', _values.Select(v => v switch
    {
        null => "",
        string[] many => Quoted(string.Join(';', many)),
        _ => Quoted(v.ToString()!),
    }));

    /// <summary>Writes claims a line each, as NDJSON or CSV by the file's name; gives how many bytes that were.</summary>
    public static long Write(string file, IEnumerable<ClaimLine> claims)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        if (file.EndsWith(".csv", StringComparison.Ordinal))
        {
            using var text = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\n" };
            text.WriteLine(string.Join(',', Columns));
            foreach (var claim in claims) text.WriteLine(claim.Csv());
        }
        else
        {
            using var json = new Utf8JsonWriter(stream);
            foreach (var claim in claims)
            {
                claim.WriteJson(json);
                json.Flush();
                json.Reset();
                stream.WriteByte((byte)'\n');
            }
        }
        return new FileInfo(file).Length;
    }

    static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
}
