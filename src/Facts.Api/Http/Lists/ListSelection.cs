namespace Facts.Api.Http;

/// <summary>Reads the fields that a caller selects with <c>fields=</c> and sorts by with <c>sort=</c>.</summary>
internal static class ListSelection
{
    extension(Parameters parameters)
    {
        /// <summary>The sort keys of <c>sort=</c>, in order.</summary>
        public IReadOnlyList<SortKey<TRow>> Sort<TRow>(IEnumerable<ListField<TRow>> sortable, string byDefault = "")
        {
            var keys = new List<SortKey<TRow>>();
            var given = parameters.Texts("sort");
            if (given.Count == 0 && byDefault.Length > 0) given = byDefault.Split(',');
            foreach (var word in given)
            {
                var descending = word.StartsWith('-');
                var field = parameters.Field("sort", descending ? word[1..] : word.TrimStart('+'), sortable);
                if (field is null) continue;
                if (keys.Any(k => k.Field == field)) parameters.Fail(Problems.RepeatedParameter, "sort", $"'{field.Name}' stands twice in sort", word);
                keys.Add(new(field, descending));
            }
            return keys;
        }

        /// <summary>The fields of <c>fields=</c>, in order; all fields without it.</summary>
        public IReadOnlyList<ListField<TRow>> Columns<TRow>(IReadOnlyList<ListField<TRow>> among) =>
            parameters.Has("fields") ? parameters.Named("fields", among) : among;

        /// <summary>The fields that a parameter names, each once.</summary>
        public IReadOnlyList<ListField<TRow>> Named<TRow>(string parameter, IEnumerable<ListField<TRow>> among)
        {
            var named = new List<ListField<TRow>>();
            foreach (var name in parameters.Texts(parameter))
                if (parameters.Field(parameter, name, among) is { } field)
                {
                    if (named.Contains(field)) parameters.Fail(Problems.RepeatedParameter, parameter, $"'{name}' stands twice in {parameter}", name);
                    named.Add(field);
                }
            return named;
        }

        ListField<TRow>? Field<TRow>(string parameter, string name, IEnumerable<ListField<TRow>> among)
        {
            if (among.FirstOrDefault(f => f.Name == name) is { } field) return field;
            var known = among.Select(f => f.Name).ToList();
            var shown = name.Length > 80 ? name[..80] + "…" : name;
            parameters.Fail(Problems.UnknownField, parameter, $"{parameter} does not take '{shown}': it {EnumWords.Complaint(name, known)}", name,
                Suggestions.Nearest(name, known));
            return null;
        }
    }

    /// <summary>Sorts rows in memory: missing values last, equal rows in their old order.</summary>
    public static IEnumerable<TRow> Sorted<TRow>(this IEnumerable<TRow> rows, IEnumerable<SortKey<TRow>> keys) =>
        keys.Reverse().Aggregate(rows, (sorted, key) => sorted.OrderBy(key.Field.Get, Comparer<object?>.Create((a, b) => (a, b) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            (string x, string y) => string.CompareOrdinal(x, y) * (key.Descending ? -1 : 1),
            var (x, y) => Comparer<object>.Default.Compare(x, y) * (key.Descending ? -1 : 1),
        })));
}
