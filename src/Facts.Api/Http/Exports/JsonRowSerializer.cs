using System.Globalization;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>Rows in memory as JSON objects.</summary>
internal static class JsonRowSerializer
{
    /// <summary>One row as a JSON object.</summary>
    public static void WriteJson<TRow>(Utf8JsonWriter json, IReadOnlyList<ListField<TRow>> columns, TRow row)
    {
        json.WriteStartObject();
        foreach (var column in columns) WriteMember(json, column, row);
        json.WriteEndObject();
    }

    /// <summary>One field of a row as a member of its JSON object.</summary>
    public static void WriteMember<TRow>(Utf8JsonWriter json, ListField<TRow> column, TRow row)
    {
        if (column.IsShown is { } shown && !shown(row)) return;
        json.WritePropertyName(column.JsonName);
        if (column.Write is { } write)
        {
            write(json, row);
            return;
        }
        switch (column.Get(row))
        {
            case null: json.WriteNullValue(); break;
            case DateOnly or DateTimeOffset or Enum: json.WriteStringValue(WireValue.Format(column.Get(row))); break;
            case var inside: WriteNested(json, column, inside); break;
        }
    }

    /// <summary>Writes the value that a function gets from a row. Null for a type that has no writer of its own.</summary>
    public static Action<Utf8JsonWriter, TRow>? WriterOf<TRow, T>(Func<TRow, T> get)
    {
        return get switch
        {
            Func<TRow, string?> text => (json, row) => json.WriteStringValue(text(row)),
            Func<TRow, long> whole => (json, row) => json.WriteNumberValue(whole(row)),
            Func<TRow, int> whole => (json, row) => json.WriteNumberValue(whole(row)),
            Func<TRow, bool> flag => (json, row) => json.WriteBooleanValue(flag(row)),
            Func<TRow, decimal> number => (json, row) => json.WriteNumberValue(Json.Plain(number(row))),
            Func<TRow, decimal?> number => (json, row) => Nullable(json, number(row), static (j, n) => j.WriteNumberValue(Json.Plain(n))),
            Func<TRow, long?> whole => (json, row) => Nullable(json, whole(row), static (j, n) => j.WriteNumberValue(n)),
            Func<TRow, bool?> flag => (json, row) => Nullable(json, flag(row), static (j, f) => j.WriteBooleanValue(f)),
            Func<TRow, DateOnly?> day => (json, row) => Nullable(json, day(row), static (j, d) => WriteDay(j, d)),
            Func<TRow, DateOnly> day => (json, row) => WriteDay(json, day(row)),
            _ => null,
        };

        static void Nullable<TValue>(Utf8JsonWriter json, TValue? value, Action<Utf8JsonWriter, TValue> write) where TValue : struct
        {
            if (value is { } there) write(json, there);
            else json.WriteNullValue();
        }

        static void WriteDay(Utf8JsonWriter json, DateOnly day)
        {
            Span<char> text = stackalloc char[10];
            day.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
            json.WriteStringValue(text);
        }
    }

    /// <summary>Writes a value that is not a word or a number as JSON.</summary>
    public static void WriteNested<TRow>(Utf8JsonWriter json, ListField<TRow> column, object inside)
    {
        if (column.Inner is { } inner) inner.WriteJson(json, inside);
        else JsonSerializer.Serialize(json, inside, inside.GetType(), Json.Options);
    }
}
