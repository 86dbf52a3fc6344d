using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>Enum values and their <c>lower_snake_case</c> words on the wire.</summary>
internal static class EnumWords
{
    static class Table<TEnum> where TEnum : struct, Enum
    {
        public static readonly IReadOnlyList<string> Words = [.. Enum.GetValues<TEnum>().Select(v => Snake(v.ToString()))];
        public static readonly IReadOnlyDictionary<TEnum, string> Names = Enum.GetValues<TEnum>().Distinct().ToDictionary(v => v, v => Snake(v.ToString()));
        public static readonly IReadOnlyDictionary<string, TEnum> Values = Enum.GetValues<TEnum>()
            .ToDictionary(v => Snake(v.ToString()), StringComparer.Ordinal);
    }

    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    public static string ToWord<TEnum>(TEnum value) where TEnum : struct, Enum =>
        Table<TEnum>.Names.TryGetValue(value, out var word) ? word : Snake(value.ToString());

    /// <summary>All words of an enum, in its order.</summary>
    public static IReadOnlyList<string> All<TEnum>() where TEnum : struct, Enum => Table<TEnum>.Words;

    /// <summary>All words of an enum type that is known only at run time, in its order.</summary>
    public static IReadOnlyList<string> All(Type type) => [.. Enum.GetNames(type).Select(Snake)];

    /// <summary>Reads a word exactly as it is written: neither <c>Arrived</c> nor <c>2</c> is a word.</summary>
    public static bool TryParse<TEnum>(string? word, out TEnum value) where TEnum : struct, Enum
    {
        value = default;
        return word is not null && Table<TEnum>.Values.TryGetValue(word, out value);
    }

    /// <summary>Reads a word that a validator has accepted; null stays null.</summary>
    public static TEnum? Parse<TEnum>(string? word) where TEnum : struct, Enum =>
        word is null ? null : TryParse<TEnum>(word, out var value) ? value : throw new FormatException($"'{word}' is no {typeof(TEnum).Name}");

    /// <summary>The text about an unknown word: all words, and the nearest one.</summary>
    public static string Complaint(string word, IReadOnlyCollection<string> words) =>
        $"is not one of {string.Join(", ", words)}{Suggestions.Hint(Suggestions.Nearest(word, words))}";
}
