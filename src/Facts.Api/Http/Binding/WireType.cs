namespace Facts.Api.Http;

/// <summary>What a value is on the wire, in a query string and in the OpenAPI document alike.</summary>
internal enum WireKind { Text, Word, Whole, Number, Flag, Day, Instant, Nested }

/// <summary>A wire type; a word has its list.</summary>
internal sealed record WireType(WireKind Kind)
{
    /// <summary>The words there are; empty for other kinds.</summary>
    public IReadOnlyList<string> WordList { get; private init; } = [];

    /// <summary>The enum behind the words; null where they are plain text.</summary>
    public Type? Enum { get; private init; }

    public static WireType Text { get; } = new(WireKind.Text);
    public static WireType Whole { get; } = new(WireKind.Whole);
    public static WireType Number { get; } = new(WireKind.Number);
    public static WireType Flag { get; } = new(WireKind.Flag);
    public static WireType Day { get; } = new(WireKind.Day);
    public static WireType Instant { get; } = new(WireKind.Instant);
    public static WireType Nested { get; } = new(WireKind.Nested);

    public static WireType Word<TEnum>() where TEnum : struct, Enum => ForEnum(typeof(TEnum));

    /// <summary>A word that is plain text in C#.</summary>
    public static WireType OneOf(params IEnumerable<string> words) => new(WireKind.Word) { WordList = [.. words] };

    static WireType ForEnum(Type type) => new(WireKind.Word) { WordList = Http.EnumWords.All(type), Enum = type };

    /// <summary>The wire type of a C# type, nullable or not.</summary>
    public static WireType For(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? Text
            : type.IsEnum ? ForEnum(type)
            : type == typeof(long) || type == typeof(int) ? Whole
            : type == typeof(decimal) ? Number
            : type == typeof(bool) ? Flag
            : type == typeof(DateOnly) ? Day
            : type == typeof(DateTimeOffset) ? Instant
            : Nested;
    }

    public string Expected => Kind switch
    {
        WireKind.Text => "a text",
        WireKind.Word => "one of " + string.Join(", ", WordList),
        WireKind.Whole => "a whole number",
        WireKind.Number => "a number such as 12.5",
        WireKind.Flag => "true or false",
        WireKind.Day => "a date such as 2024-05-31, from 0001-01-01 to 9999-12-31",
        WireKind.Instant => "an instant such as 2024-05-31T12:00:00Z, or a date for the end of that day",
        WireKind.Nested => "an object",
        _ => throw new ArgumentOutOfRangeException(nameof(Kind)),
    };
}

/// <summary>A query parameter, declared once for reading it and for the OpenAPI document.</summary>
internal sealed record ParameterSpec(string Name, WireType Type, string Description)
{
    /// <summary>Whether several values are taken, separated by commas or given by repetition.</summary>
    public bool Many { get; init; }

    /// <summary>What holds when it is absent, as it would be written; null for nothing.</summary>
    public string? Default { get; init; }

    /// <summary>Bounds of a whole number, both inclusive.</summary>
    public long Min { get; init; } = long.MinValue;
    public long Max { get; init; } = long.MaxValue;

    /// <summary>A value that works against the sample data; null for none.</summary>
    public string? Example { get; init; }

    /// <summary>Longest text that is read, in characters.</summary>
    public int Length { get; init; } = Parameters.MaxValueLength;

    /// <summary>What a text looks like, as a regular expression; for the OpenAPI document.</summary>
    public string? Pattern { get; init; }

    /// <summary>The values there are, where the reader of the parameter knows them better than its type; for the OpenAPI document.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>Left out of the OpenAPI document: one of the many <c>field__op</c> that its pattern describes.</summary>
    public bool Hidden { get; init; }
}
