using System.Runtime.CompilerServices;

namespace Facts.Api.Http;

/// <summary>
/// The query string, read against the parameters that an endpoint declares. <see cref="Problem"/> holds all its errors; use the other members
/// only after it was null.
/// </summary>
internal sealed class Parameters
{
    // Enough for 200 filters; a server's own limit on the request line is 8 kB, and a test host has none.
    const int MaxQueryLength = 16_384, MaxValues = 1_000;

    public const int MaxValueLength = 4_000;

    /// <summary>Errors that one answer lists.</summary>
    const int MaxErrors = 20;

    // An endpoint declares its parameters once, in one object.
    static readonly ConditionalWeakTable<IEnumerable<ParameterSpec>, Dictionary<string, ParameterSpec>> ByName = [];

    readonly Dictionary<string, IReadOnlyList<object>> _values;
    readonly Dictionary<string, ParameterSpec> _specs;
    readonly List<ProblemError> _errors = [];

    Parameters(Parameters other) => (_values, _specs) = (other._values, other._specs);

    Parameters(IEnumerable<ParameterSpec> specs) =>
        (_values, _specs) = (new(StringComparer.Ordinal), ByName.GetValue(specs, all => all.ToDictionary(s => s.Name, StringComparer.Ordinal)));

    /// <summary>Null if the whole query string is valid; otherwise a 400 with every error.</summary>
    public Problem? Problem => _errors.Count == 0 ? null : Http.Problem.From(_errors).WithAtMost(MaxErrors);

    /// <summary>The parameters that <c>.ValidatesParameters()</c> read for this request, with no error in them.</summary>
    public static Parameters From(HttpContext http) => http.Items[typeof(Parameters)] as Parameters
        ?? throw new InvalidOperationException($"{http.Request.Path} has no read parameters: add .ValidatesParameters() to its route");

    /// <summary>Reads the parameters of a request, and leaves them to its handler. A second call for the request gives what the first one read.</summary>
    public static Parameters ReadOnce(HttpContext http, IEnumerable<ParameterSpec> specs)
    {
        if (http.Items[typeof(Parameters)] is Parameters kept) return kept;
        var read = Read(http, specs);
        http.Items[typeof(Parameters)] = read;
        return read;
    }

    /// <summary>The same values without errors, for an attempt that may be given up.</summary>
    public Parameters Copy() => new(this);

    public static Parameters Read(HttpContext http, IEnumerable<ParameterSpec> specs)
    {
        var read = new Parameters(specs);
        if (http.Request.QueryString.Value?.Length > MaxQueryLength)
            read.Fail(Problems.TooManyValues, "", $"the query string is longer than {MaxQueryLength} characters");
        else
            foreach (var (name, values) in http.Request.Query) read.Take(name, values);
        return read;
    }

    public bool Has(string name) => _values.ContainsKey(Declared(name));

    public string? Text(string name) => One<string>(name);

    public IReadOnlyList<string> Texts(string name) => [.. Values(name).Select(v => WireValue.Format(v)!)];

    public TEnum? Word<TEnum>(string name) where TEnum : struct, Enum => EnumWords.Parse<TEnum>(Text(name));

    public IReadOnlyList<TEnum> WordList<TEnum>(string name) where TEnum : struct, Enum => [.. Texts(name).Select(w => EnumWords.Parse<TEnum>(w)!.Value)];

    public bool? Flag(string name) => First(name) as bool?;

    public long? Whole(string name) => First(name) as long?;

    public decimal? Number(string name) => First(name) as decimal?;

    public DateOnly? Day(string name) => First(name) as DateOnly?;

    /// <summary>The value of an instant, in UTC; null if it was not given.</summary>
    public DateTimeOffset? Instant(string name) => First(name) as DateTimeOffset?;

    /// <summary>The values of a parameter, of the types of <see cref="WireValue.Parse"/>; empty if it was not given.</summary>
    public IReadOnlyList<object> Values(string name) => _values.GetValueOrDefault(Declared(name)) ?? [];

    /// <summary>Adds an error that only the endpoint can detect.</summary>
    public void Fail(ProblemKind kind, string name, string message, string? value = null, string? suggestion = null) =>
        _errors.Add(ProblemError.InQuery(kind, name, message, value, suggestion));

    void Take(string name, IReadOnlyList<string?> raw)
    {
        if (!_specs.TryGetValue(name, out var spec))
        {
            var nearest = Suggestions.Nearest(name, _specs.Keys);
            Fail(Problems.UnknownParameter, name, $"'{Short(name)}' is no parameter here{Suggestions.Hint(nearest)}", raw[0], nearest);
            return;
        }
        // A comparison with U+0000 would be one with another character.
        if (spec.IsComparison && raw.FirstOrDefault(t => t?.Contains('\0') == true) is { } unstorable)
        {
            Fail(Problems.WrongType, name, $"'{name}' holds U+0000, which no text has", unstorable.Replace('\0', '\uFFFD'));
            return;
        }
        var texts = raw.Select(t => Clean(t ?? "")).SelectMany(t => spec.Many ? Split(t) : [t]).ToList();
        if (texts.Count > MaxValues)
            Fail(Problems.TooManyValues, name, $"'{name}' has {texts.Count} values; at most {MaxValues} are read");
        else if (!spec.Many && texts.Count > 1)
            Fail(Problems.RepeatedParameter, name, $"'{name}' takes one value and was given {texts.Count}", texts[1]);
        else
            _values[name] = [.. texts.Select(t => Value(spec, t)).OfType<object>()];
    }

    object? Value(ParameterSpec spec, string text)
    {
        if (text.Length == 0)
            Fail(Problems.EmptyValue, spec.Name, $"'{spec.Name}' has no value; leave it out, or give {spec.Type.Expected}", text);
        else if (text.Length > MaxValueLength)
            Fail(Problems.TooManyValues, spec.Name, $"'{spec.Name}' is longer than {MaxValueLength} characters", text);
        else if (WireValue.Parse(text, spec.Type) is not { } value)
            Refuse(spec, text);
        else if (value is long whole && (whole < spec.Min || whole > spec.Max))
            Fail(Problems.OutOfRange, spec.Name, $"'{spec.Name}' goes from {spec.Min} to {spec.Max}", text);
        else
            return value;
        return null;
    }

    void Refuse(ParameterSpec spec, string text)
    {
        if (spec.Type.Kind == WireKind.Word)
            Fail(Problems.UnknownWord, spec.Name, $"'{Short(text)}' {EnumWords.Complaint(text, spec.Type.WordList)}", text,
                Suggestions.Nearest(text, spec.Type.WordList));
        else
            Fail(Problems.WrongType, spec.Name, $"'{spec.Name}' is {spec.Type.Expected}, not '{Short(text)}'", text);
    }

    /// <summary>Splits at commas, except inside double quotes: <c>DEU,"a, b"</c> has two values.</summary>
    static IEnumerable<string> Split(string text)
    {
        for (var at = 0; at <= text.Length;)
        {
            var close = at < text.Length && text[at] == '"' ? text.IndexOf('"', at + 1) : -1;
            if (close > 0 && (close + 1 == text.Length || text[close + 1] == ','))
            {
                yield return text[(at + 1)..close].Trim();
                at = close + 2;
                continue;
            }
            var comma = text.IndexOf(',', at);
            yield return text[at..(comma < 0 ? text.Length : comma)].Trim();
            if (comma < 0) yield break;
            at = comma + 1;
        }
    }

    /// <summary>The text in the form that lookups compare. U+0000 cannot be stored, so it becomes U+FFFD and finds nothing.</summary>
    static string Clean(string text) => WireText.Normalize(text.Replace('\0', '\uFFFD')).Trim();

    static string Short(string text) => text.Length > 80 ? text[..80] + "…" : text;

    T? One<T>(string name) where T : class => First(name) as T;

    object? First(string name) => Values(name) is [var first, ..] ? first : null;

    string Declared(string name) =>
        _specs.ContainsKey(name) ? name : throw new InvalidOperationException($"the endpoint does not declare '{name}'");
}
