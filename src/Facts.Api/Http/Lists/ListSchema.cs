using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>
/// The columns, filters and sort keys of a list, declared once by its room. The row type is the result of the room's query, with plain members, so
/// that the database can filter and sort by them. Fields are columns, in the order of their declaration.
/// </summary>
/// <param name="name">Singular, as a schema is called: <c>Claim</c>.</param>
internal sealed class ListSchema<TRow>(string name) : IRowSchema where TRow : class
{
    readonly List<ListField<TRow>> _fields = [];
    readonly List<ParameterSpec> _parameters = [];
    readonly List<ListEmbed<TRow>> _embeds = [];
    readonly List<(string Name, Expression<Func<TRow, DateOnly, bool>> Matches)> _days = [];
    readonly List<ListField<TRow>> _keys = [];
    readonly HashSet<string> _orderedByIndex = new(StringComparer.Ordinal);
    IReadOnlyList<ParameterSpec>? _allParameters;

    public string Name { get; } = name;

    public IReadOnlyList<ListField<TRow>> Fields => _fields;

    /// <summary>The keys that rows can be sorted by: fields and sets.</summary>
    public IEnumerable<ListField<TRow>> Sortable => _fields.Select(f => f.Day ?? f).Concat(_keys).Where(f => f.MaySort);

    /// <summary>The keys that rows can be counted by: fields and sets.</summary>
    public IEnumerable<ListField<TRow>> Countable => _fields.Concat(_keys).Where(f => f.MayFacet);

    /// <summary>Parameters that the room itself reads, in addition to the filters of the fields.</summary>
    public IReadOnlyList<ParameterSpec> Own => _parameters;

    /// <summary>The rows that can be embedded.</summary>
    public IReadOnlyList<ListEmbed<TRow>> Embeds => _embeds;

    /// <summary>The unique key of the rows, which makes every order total.</summary>
    public ListField<TRow> Key { get; private set; } = null!;

    /// <summary>The default of <c>sort=</c>; empty sorts by the key.</summary>
    public string DefaultSort { get; private set; } = "";

    /// <summary>Names the fields of which an index has the order, besides the key. A page in another order reads all rows.</summary>
    public ListSchema<TRow> OrderedByIndex(params string[] names)
    {
        _orderedByIndex.UnionWith(names);
        return this;
    }

    /// <summary>True if an index has the order of a field.</summary>
    public bool IsOrderedByIndex(ListField<TRow> field) => _orderedByIndex.Contains(field.Name);

    /// <summary>True if the list accepts <c>as_of</c> and <c>known_at</c>.</summary>
    public bool IsTimed { get; private set; }

    /// <summary>The unique field, and the first column: usually <c>id</c>.</summary>
    public ListSchema<TRow> Id<T>(string name, Expression<Func<TRow, T>> value, string description, string? example = null)
    {
        Field(name, value, description, example: example);
        Key = _fields[^1];
        return this;
    }

    /// <summary>
    /// Declares a field of text, enum, long, int, decimal, bool, DateOnly or DateTimeOffset, nullable or not. It can also be a set of texts (an array or a
    /// list): a filter then matches any member. Any other type is shown as JSON and has no filter. Enums cannot be sorted by, because the store and the program
    /// order them differently.
    /// </summary>
    /// <param name="name">The one name in JSON, CSV, sort, fields and filter.</param>
    /// <param name="value">The expression that gets the value from a row.</param>
    /// <param name="description">For the OpenAPI document.</param>
    /// <param name="filter">False where the database cannot filter by it.</param>
    /// <param name="sort">False where the database cannot sort by it.</param>
    /// <param name="facet">True where its values are few enough to be counted.</param>
    /// <param name="words">The words of a text that is an enum on the wire.</param>
    /// <param name="example">A value that works against the sample data.</param>
    /// <param name="shown">Tells if a row has the field; null where every row has it.</param>
    /// <param name="inner">The fields of the nested rows, where the value is another row or a list of rows.</param>
    /// <param name="ordered">False for a text whose order as a text would mislead.</param>
    public ListSchema<TRow> Field<T>(string name, Expression<Func<TRow, T>> value, string description, bool filter = true, bool sort = true, bool facet = false,
        IEnumerable<string>? words = null, string? example = null, Func<TRow, bool>? shown = null, IRowSchema? inner = null, bool ordered = true)
    {
        var isSet = typeof(T) != typeof(string) && typeof(IEnumerable<string>).IsAssignableFrom(typeof(T));
        var type = words is not null ? WireType.OneOf(words) : isSet ? WireType.Text : WireType.For(typeof(T));
        var get = value.Compile();
        _fields.Add(new ListField<TRow>
        {
            Name = name,
            Value = value,
            Get = row => get(row),
            Write = JsonRowSerializer.WriterOf(get),
            Description = description,
            Type = type,
            IsSet = isSet,
            IsNullable = !isSet && MayBeNull(value),
            MayFilter = filter && type.Kind != WireKind.Nested,
            IsOrdered = ordered,
            MaySort = sort && ordered && !isSet && type.Enum is null && type.Kind is not (WireKind.Nested or WireKind.Flag),
            MayFacet = facet && type.Kind is WireKind.Text or WireKind.Word,
            Example = example,
            IsShown = shown,
            Inner = inner,
        });
        return this;
    }

    /// <summary>A field of a text that stands for days, compared and sorted by one of them: as texts, <c>../2024</c> would come before <c>1991</c>.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="value">The expression that gets the text from a row.</param>
    /// <param name="day">The expression that gets the day from a row; its value is null where the text is null.</param>
    /// <param name="by">Description of the day: <c>by the last day it can be</c>.</param>
    /// <param name="description">For the OpenAPI document.</param>
    public ListSchema<TRow> Dated(string name, Expression<Func<TRow, string?>> value, Expression<Func<TRow, DateOnly?>> day, string by, string description)
    {
        Field(name, value, description);
        var get = day.Compile();
        _fields[^1].Day = new() { Name = name, Description = by, Value = day, Get = row => get(row), Type = WireType.Day, IsNullable = true, MaySort = true };
        return this;
    }

    /// <summary>
    /// Declares a set as a sort key, compared as one text, and as a facet by members. Its name is that of the parameter that filters by members.
    /// </summary>
    /// <param name="name">The parameter.</param>
    /// <param name="text">The set as one text.</param>
    /// <param name="members">The set, where rows are counted by its members; null where they are not.</param>
    public ListSchema<TRow> Set(string name, Expression<Func<TRow, string>> text, Expression<Func<TRow, List<string>>>? members = null)
    {
        var get = text.Compile();
        _keys.Add(new() { Name = name, Description = name, Value = text, Get = row => get(row), Type = WireType.Text, MaySort = true });
        if (members is not null)
        {
            _parameters.Add(new($"{name}__isnull", WireType.Flag, ""));
            _keys.Add(new() { Name = name, Description = name, Value = members, Get = _ => null, Type = WireType.Text, IsSet = true, MayFacet = true });
        }
        return this;
    }

    /// <summary>A parameter that the room's source reads itself, such as <c>q</c>; checked by its declared type before.</summary>
    public ListSchema<TRow> Parameter(string name, WireType type, string description, bool many = false, string? example = null)
    {
        _parameters.Add(new(name, type, description) { Many = many, Example = example });
        return this;
    }

    /// <summary>Declares a parameter that is a day, with the condition of the rows that match it.</summary>
    public ListSchema<TRow> Parameter(string name, string description, Expression<Func<TRow, DateOnly, bool>> matches)
    {
        _days.Add((name, matches));
        return Parameter(name, WireType.Day, description);
    }

    /// <summary>The parameters that are days, each with the condition of the rows that match it.</summary>
    public IReadOnlyList<(string Name, Expression<Func<TRow, DateOnly, bool>> Matches)> Days => _days;

    /// <summary>Declares a nested value, which rows have if <c>embed=</c> names it. The source of the list reads it.</summary>
    /// <typeparam name="T">Type of the nested value: one row or a list of rows.</typeparam>
    /// <param name="name">The word of <c>embed=</c> and the member.</param>
    /// <param name="description">For the OpenAPI document.</param>
    /// <param name="inner">The fields of the nested rows; null where the value is written by its own type.</param>
    /// <param name="isOffered">False for a value that only the answer for a single row has, without being asked for.</param>
    /// <param name="isAlways">True for a value that every row in JSON and NDJSON has, without being asked for.</param>
    public ListSchema<TRow> Embed<T>(string name, string description, IRowSchema? inner = null, bool isOffered = true, bool isAlways = false)
    {
        _embeds.Add(new(name, typeof(T), description, inner) { IsOffered = isOffered && !isAlways, IsAlways = isAlways });
        return this;
    }

    /// <summary>Takes <c>as_of</c> and <c>known_at</c>.</summary>
    public ListSchema<TRow> Timed()
    {
        IsTimed = true;
        return this;
    }

    public ListSchema<TRow> SortedBy(string sort)
    {
        DefaultSort = sort;
        return this;
    }

    /// <summary>The sets whose members are counted, and of which a filter finds the empty ones: <c>donor__isnull=true</c>.</summary>
    public IEnumerable<ListField<TRow>> Sets => _keys.Where(k => k.IsSet);

    /// <summary>Every parameter of the list: for reading it and for the OpenAPI document.</summary>
    /// <remarks>Made once, at the first call: a schema has all its fields before it is used.</remarks>
    public IReadOnlyList<ParameterSpec> Parameters() => _allParameters ??= AllParameters();

    List<ParameterSpec> AllParameters()
    {
        // A parameter of the room replaces the filter of a field with this name. Example: `item` also matches items below it.
        var own = _parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return [.. _parameters, .. _fields.SelectMany(f => f.Parameters()).Where(p => !own.Contains(p.Name)), .. IsTimed ? ListParameters.Time : [],
            .. _embeds.Exists(e => e.IsOffered) ? [EmbedParameter] : Array.Empty<ParameterSpec>(),
            .. Choice, .. ListParameters.All(Countable.Select(f => f.Name))];
    }

    /// <summary>The parameters <c>sort</c> and <c>fields</c>.</summary>
    public IReadOnlyList<ParameterSpec> Choice =>
    [
        new("sort", WireType.Text, "Fields in order, each with `-` for descending. Missing values come last.")
            {
                Many = true,
                Default = DefaultSort.Length == 0 ? null : DefaultSort,
                Known = [.. Sortable.Select(f => f.Name), .. Sortable.Select(f => "-" + f.Name)],
            },
        new("fields", WireType.Text, "Only these, in this order; rows are then without the other members, required or not.")
            { Many = true, Known = [.. _fields.Select(f => f.Name)] },
    ];

    public ParameterSpec EmbedParameter => ListParameters.Embed(_embeds.Where(e => e.IsOffered).Select(e => e.Name));

    /// <summary>The embedded rows that <c>embed=</c> names, in the order of their declaration.</summary>
    public IReadOnlyList<ListEmbed<TRow>> ChosenEmbeds(Parameters parameters)
    {
        if (!_embeds.Exists(e => e.IsOffered)) return [];
        var words = parameters.Texts("embed");
        foreach (var twice in words.GroupBy(w => w).Where(g => g.Count() > 1))
            parameters.Fail(Problems.RepeatedParameter, "embed", $"'{twice.Key}' stands twice in embed", twice.Key);
        return [.. _embeds.Where(e => words.Contains(e.Name))];
    }

    /// <summary>A copy of this schema with these columns only.</summary>
    public ListSchema<TRow> Only(IEnumerable<ListField<TRow>> columns)
    {
        var only = new ListSchema<TRow>(Name);
        only._fields.AddRange(columns);
        return only;
    }

    /// <summary>A copy of this schema with other fields in the nested rows of one of its columns.</summary>
    public ListSchema<TRow> Inside(string name, IRowSchema inner) => Only(_fields.Select(f => f.Name == name ? f with { Inner = inner } : f));

    RowShape IRowSchema.Shape() => this.Shape();

    void IRowSchema.WriteJson(Utf8JsonWriter json, object value)
    {
        if (value is TRow row)
        {
            JsonRowSerializer.WriteJson(json, _fields, row);
            return;
        }
        json.WriteStartArray();
        foreach (var each in (IEnumerable<TRow>)value) JsonRowSerializer.WriteJson(json, _fields, each);
        json.WriteEndArray();
    }

    static bool MayBeNull<T>(Expression<Func<TRow, T>> value)
    {
        if (Nullable.GetUnderlyingType(typeof(T)) is not null) return true;
        if (typeof(T).IsValueType) return false;
        return value.Body is not MemberExpression { Member: PropertyInfo property }
            || new NullabilityInfoContext().Create(property).ReadState != NullabilityState.NotNull;
    }
}
