using System.Linq.Expressions;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>One field of a list's rows: declared once for filter, sort, column, facet and documentation.</summary>
internal sealed record ListField<TRow>
{
    public required string Name
    {
        get;
        init
        {
            field = value;
            JsonName = JsonEncodedText.Encode(value);
        }
    }

    /// <summary>The name as JSON, encoded once.</summary>
    public JsonEncodedText JsonName { get; private init; }

    public required string Description { get; init; }

    /// <summary>The expression that gets the value from a row.</summary>
    public required LambdaExpression Value { get; init; }

    /// <summary>Reads the value of a row in memory.</summary>
    public required Func<TRow, object?> Get { get; init; }

    /// <summary>
    /// Writes the value of a row as JSON, without an object for a number or a day. Null for a value that is neither a text, a number, a day nor a flag.
    /// </summary>
    public Action<Utf8JsonWriter, TRow>? Write { get; init; }

    /// <summary>Wire type of the value, or of one member where <see cref="IsSet"/>.</summary>
    public required WireType Type { get; init; }

    /// <summary>A set of texts: a filter is met by any member.</summary>
    public bool IsSet { get; init; }

    /// <summary>True if the value can be null.</summary>
    public bool IsNullable { get; init; }
    public bool MayFilter { get; init; }
    public bool MaySort { get; init; }
    public bool MayFacet { get; init; }

    /// <summary>Tells if a row has the field; null where every row has it.</summary>
    public Func<TRow, bool>? IsShown { get; init; }

    /// <summary>The fields of a nested row, or of each row of a nested list. Null where the value is written by its own type.</summary>
    public IRowSchema? Inner { get; init; }

    /// <summary>True if the values have an order.</summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>The day by which a text that stands for days is compared and sorted; null where the value is compared itself.</summary>
    public ListField<TRow>? Day { get; set; }

    /// <summary>A value that works against the sample data.</summary>
    public string? Example { get; init; }

    /// <summary>The C# type of the value.</summary>
    public Type ValueType => Value.ReturnType;

    /// <summary>The filter operations in addition to <c>field=</c>.</summary>
    public IReadOnlyList<string> Operations
    {
        get
        {
            var missing = IsNullable && !IsSet ? ["isnull"] : Array.Empty<string>();
            return !MayFilter ? [] : IsSet ? ["not"] : Type.Kind switch
            {
                WireKind.Text when !IsOrdered => ["not", "contains", "startswith", .. missing],
                WireKind.Text => ["not", "contains", "startswith", "gt", "gte", "lt", "lte", .. missing],
                WireKind.Whole or WireKind.Number or WireKind.Day or WireKind.Instant => ["not", "gt", "gte", "lt", "lte", .. missing],
                WireKind.Word or WireKind.Flag => ["not", .. missing],
                _ => missing,
            };
        }
    }

    /// <summary>The parameters that filter by it.</summary>
    public IEnumerable<ParameterSpec> Parameters()
    {
        if (!MayFilter) yield break;
        // A whole number past the column's range could not be compared with it.
        var (min, max) = (Nullable.GetUnderlyingType(ValueType) ?? ValueType) == typeof(int)
            ? (int.MinValue, (long)int.MaxValue)
            : (long.MinValue, long.MaxValue);
        foreach (var parameter in Filters()) yield return parameter.Type.Kind == WireKind.Whole ? parameter with { Min = min, Max = max } : parameter;
    }

    IEnumerable<ParameterSpec> Filters()
    {
        yield return new(Name, Type, Description) { Many = Type.Kind != WireKind.Flag, Example = Example };
        // The document says once what each operation means; here stands what it means for this field only.
        foreach (var operation in Operations)
            yield return operation switch
            {
                "isnull" => new($"{Name}__isnull", WireType.Flag, ""),
                "not" => new($"{Name}__not", Type, "") { Many = true },
                "gt" or "gte" or "lt" or "lte" when Day is { } day => new($"{Name}__{operation}", day.Type, $"Compared {day.Description}."),
                _ => new($"{Name}__{operation}", Type, ""),
            };
    }

    /// <summary>The field whose value an operation compares.</summary>
    public ListField<TRow> Compared(string operation) => operation is "gt" or "gte" or "lt" or "lte" ? Day ?? this : this;
}
