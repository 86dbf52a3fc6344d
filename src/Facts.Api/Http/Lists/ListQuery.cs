using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Npgsql;

namespace Facts.Api.Http;

/// <summary>Filters, order and pages of a list as LINQ. It becomes SQL over the database and runs directly over rows in memory.</summary>
internal static partial class ListQuery
{
    static readonly MethodInfo Compare = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;
    static readonly MethodInfo ToLower = typeof(string).GetMethod(nameof(string.ToLower), [])!;
    static readonly MethodInfo StartsWith = typeof(string).GetMethod(nameof(string.StartsWith), [typeof(string)])!;
    static readonly MethodInfo ContainsText = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;

    /// <summary>The rows that pass all filters.</summary>
    public static IQueryable<TRow> Filtered<TRow>(this IQueryable<TRow> rows, ListRequest<TRow> request) where TRow : class
    {
        var own = request.Fields.Own.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var field in request.Fields.Fields.Where(f => f.MayFilter))
        {
            if (!own.Contains(field.Name)) rows = rows.WhereMatches(request, field, "", field.Name);
            foreach (var operation in field.Operations.Where(o => !own.Contains($"{field.Name}__{o}")))
                rows = rows.WhereMatches(request, field.Compared(operation), operation, $"{field.Name}__{operation}");
        }
        foreach (var (name, matches) in request.Fields.Days)
            if (request.Parameters.Day(name) is { } day)
                rows = rows.Where(Expression.Lambda<Func<TRow, bool>>(
                    ReplacingExpressionVisitor.Replace(matches.Parameters[1], Parameter(day, typeof(DateOnly)), matches.Body), matches.Parameters[0]));
        foreach (var set in request.Fields.Sets)
            if (request.Parameters.Flag($"{set.Name}__isnull") is { } isEmpty)
                rows = rows.Where(IsEmpty<TRow>(set, isEmpty));
        return rows;
    }

    /// <summary>The condition of rows whose set is empty, or is not.</summary>
    public static Expression<Func<TRow, bool>> IsEmpty<TRow>(ListField<TRow> set, bool isEmpty)
    {
        var count = Expression.Property(set.Value.Body, nameof(List<string>.Count));
        return Expression.Lambda<Func<TRow, bool>>(
            isEmpty ? Expression.Equal(count, Expression.Constant(0)) : Expression.NotEqual(count, Expression.Constant(0)), set.Value.Parameters);
    }

    /// <summary>The rows in the requested order, missing values last, equal rows by their key.</summary>
    public static IQueryable<TRow> Sorted<TRow>(this IQueryable<TRow> rows, ListRequest<TRow> request) where TRow : class => rows.Sorted(request.Sort);

    static IQueryable<TRow> Sorted<TRow>(this IQueryable<TRow> rows, IReadOnlyList<SortKey<TRow>> sort, bool hasFirst = false) where TRow : class
    {
        // Ascending, PostgreSQL puts nulls last by itself. An explicit term for nulls would keep it from using an index.
        var inStore = rows.Provider is IAsyncQueryProvider;
        var sorted = false;
        foreach (var (field, descending) in sort)
        {
            if (field.IsNullable && (descending || !inStore) && (sorted || !hasFirst))
                Then(Expression.Lambda(IsNull(field.Value.Body), field.Value.Parameters), false);
            Then(field.Value, descending);
        }
        return rows;

        void Then(LambdaExpression by, bool descending)
        {
            var name = (sorted ? nameof(Queryable.ThenBy) : nameof(Queryable.OrderBy)) + (descending ? "Descending" : "");
            rows = rows.Provider.CreateQuery<TRow>(
                Expression.Call(typeof(Queryable), name, [typeof(TRow), by.ReturnType], rows.Expression, Expression.Quote(by)));
            sorted = true;
        }
    }

    /// <summary>
    /// The rows after the cursor in order, as queries: the rows of the second one come after those of the first. If the first sort key can be missing, rows
    /// without it come last. One query for all rows could not use the index of the key; a query for each of the two can.
    /// </summary>
    public static IReadOnlyList<IQueryable<TRow>> AfterCursor<TRow>(this IQueryable<TRow> filtered, ListRequest<TRow> request) where TRow : class
    {
        var (sort, after, first) = (request.Sort, request.After, request.Sort[0].Field);
        if (!first.IsNullable) return [filtered.After(request, after).Sorted(sort)];
        var without = filtered.Where(IsMissing(first, true)).Sorted([.. sort.Skip(1)]);
        if (after is [null, ..]) return [without.After(request, after)];
        var with = filtered.Where(IsMissing(first, false)).After(request, after, hasFirst: true).Sorted(sort, hasFirst: true);
        return [with, without];
    }

    /// <summary>
    /// The queries of <see cref="AfterCursor"/>, each for its first rows. If no index has the order, all rows are read and sorted. Then only their keys are,
    /// and the rows of the page are looked up, which takes half the time.
    /// </summary>
    public static IEnumerable<Func<int, IQueryable<TRow>>> Pages<TRow>(this IQueryable<TRow> filtered, ListRequest<TRow> request) where TRow : class
    {
        var first = request.Sort[0].Field;
        var isSorted = filtered.Provider is IAsyncQueryProvider && request.Sort.Count > 1 && !request.Fields.IsOrderedByIndex(first);
        var parts = filtered.AfterCursor(request);
        // The rows without the first key are read in the order of the next one.
        return parts.Select<IQueryable<TRow>, Func<int, IQueryable<TRow>>>((part, i) =>
            isSorted && i == 0 && request.After is not [null, ..] ? count => LookedUp(part.Take(count)) : count => part.Take(count));

        IQueryable<TRow> LookedUp(IQueryable<TRow> page)
        {
            var key = request.Fields.Key.Value;
            var keys = Expression.Call(typeof(Queryable), nameof(Queryable.Select), [typeof(TRow), key.ReturnType], page.Expression, Expression.Quote(key));
            var row = Expression.Parameter(typeof(TRow), "row");
            var isOfPage = Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [key.ReturnType], keys, Body(request.Fields.Key, row));
            return filtered.Where(Expression.Lambda<Func<TRow, bool>>(isOfPage, row)).Sorted(request.Sort, hasFirst: first.IsNullable);
        }
    }

    static Expression<Func<TRow, bool>> IsMissing<TRow>(ListField<TRow> field, bool isMissing) => Expression.Lambda<Func<TRow, bool>>(
        isMissing ? IsNull(field.Value.Body) : Expression.Not(IsNull(field.Value.Body)), field.Value.Parameters);

    /// <param name="rows">The rows.</param>
    /// <param name="request">Has the order.</param>
    /// <param name="after">The values of the sort keys of a row; null for all rows.</param>
    /// <param name="hasFirst">True if all rows have the first sort key.</param>
    static IQueryable<TRow> After<TRow>(this IQueryable<TRow> rows, ListRequest<TRow> request, IReadOnlyList<object?>? after, bool hasFirst = false)
        where TRow : class
    {
        if (after is null) return rows;
        var row = Expression.Parameter(typeof(TRow), "row");
        Expression? any = null, equal = null;
        foreach (var (key, value) in request.Sort.Zip(after))
        {
            var field = Body(key.Field, row);
            if (Beyond(field, key, value, isMissingLast: equal is not null || !hasFirst) is { } beyond)
            {
                var all = equal is null ? beyond : Expression.AndAlso(equal, beyond);
                any = any is null ? all : Expression.OrElse(any, all);
            }
            var same = value is null ? IsNull(field) : Expression.Equal(field, Parameter(Convert(value, field.Type), field.Type));
            equal = equal is null ? same : Expression.AndAlso(equal, same);
        }
        var condition = any ?? Expression.Constant(false);
        if (hasFirst && after[0] is { } from)
        {
            // Says nothing new, but an index can begin there.
            var (first, descending) = request.Sort[0];
            var begin = Order(Body(first, row), from, descending ? ExpressionType.LessThanOrEqual : ExpressionType.GreaterThanOrEqual);
            condition = Expression.AndAlso(begin, condition);
        }
        return rows.Where(Expression.Lambda<Func<TRow, bool>>(condition, row));
    }

    static IQueryable<TRow> WhereMatches<TRow>(
        this IQueryable<TRow> rows, ListRequest<TRow> request, ListField<TRow> field, string operation, string name) where TRow : class
    {
        if (!request.Parameters.Has(name)) return rows;
        var row = Expression.Parameter(typeof(TRow), "row");
        return rows.Where(Expression.Lambda<Func<TRow, bool>>(Condition(field, Body(field, row), operation, request.Parameters.Values(name)), row));
    }

    static Expression Condition<TRow>(ListField<TRow> field, Expression value, string operation, IReadOnlyList<object> given) => operation switch
    {
        "" when field.IsSet => AnyOf(value, given),
        "" => In(value, given),
        "not" => Expression.Not(field.IsSet ? AnyOf(value, given) : In(value, given)),
        "isnull" => given is [true] ? IsNull(value) : Expression.Not(IsNull(value)),
        "contains" => TextMatch(field, value, ContainsText, (string)given[0]),
        "startswith" => TextMatch(field, value, StartsWith, (string)given[0]),
        "gt" => Order(value, given[0], ExpressionType.GreaterThan),
        "gte" => Order(value, given[0], ExpressionType.GreaterThanOrEqual),
        "lt" => Order(value, given[0], ExpressionType.LessThan),
        "lte" => Order(value, given[0], ExpressionType.LessThanOrEqual),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    static Expression In(Expression value, IReadOnlyList<object> given)
    {
        var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(value.Type))!;
        foreach (var item in given) list.Add(Convert(item, value.Type));
        return Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [value.Type], Parameter(list, list.GetType()), value);
    }

    static Expression AnyOf(Expression set, IReadOnlyList<object> given)
    {
        var member = Expression.Parameter(typeof(string), "member");
        return Expression.Call(
            typeof(Enumerable), nameof(Enumerable.Any), [typeof(string)], set, Expression.Lambda<Func<string, bool>>(In(member, given), member));
    }

    static Expression TextMatch<TRow>(ListField<TRow> field, Expression value, MethodInfo method, string text)
    {
        var match = Expression.Call(Expression.Call(value, ToLower), method, Parameter(text.ToLowerInvariant(), typeof(string)));
        return field.IsNullable ? Expression.AndAlso(Expression.Not(IsNull(value)), match) : match;
    }

    /// <summary>Compares two values; false if either is null.</summary>
    static Expression Order(Expression value, object given, ExpressionType type)
    {
        var other = Parameter(Convert(given, value.Type), value.Type);
        return value.Type != typeof(string)
            ? Expression.MakeBinary(type, value, other)
            : Expression.AndAlso(Expression.Not(IsNull(value)), Expression.MakeBinary(type, Expression.Call(Compare, value, other), Expression.Constant(0)));
    }

    /// <summary>
    /// The condition that a row comes after the value in the order. Null if no row does, because the value is missing and missing values come last.
    /// </summary>
    static Expression? Beyond<TRow>(Expression field, SortKey<TRow> key, object? value, bool isMissingLast)
    {
        if (value is null) return null;
        var further = Order(field, value, key.Descending ? ExpressionType.LessThan : ExpressionType.GreaterThan);
        return key.Field.IsNullable && isMissingLast ? Expression.OrElse(IsNull(field), further) : further;
    }

    static Expression IsNull(Expression value) =>
        value.Type.IsValueType && Nullable.GetUnderlyingType(value.Type) is null
            ? Expression.Constant(false)
            : Expression.Equal(value, Expression.Constant(null, value.Type));

    public static Expression Body<TRow>(ListField<TRow> field, ParameterExpression row) =>
        ReplacingExpressionVisitor.Replace(field.Value.Parameters[0], row, field.Value.Body);

    // A member of a captured object, as the compiler makes it. SQL then gets a parameter, and the cached plan is used again.
    static MemberExpression Parameter(object? value, Type type)
    {
        var box = Activator.CreateInstance(typeof(Captured<>).MakeGenericType(type), value)!;
        return Expression.Field(Expression.Constant(box), nameof(Captured<int>.Value));
    }

    static object Convert(object value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? Enum.GetValues(type).Cast<object>().First(v => EnumWords.Snake(v.ToString()!) == (string)value)
            : type == typeof(int) && value is long whole ? checked((int)whole)
            : value;
    }

    sealed class Captured<T>(T value)
    {
        public readonly T Value = value;
    }

    public static IAsyncEnumerable<TRow> Stream<TRow>(IQueryable<TRow> rows) => rows as IAsyncEnumerable<TRow> ?? rows.ToAsyncEnumerable();

    /// <summary>All rows in order, read in pages. Between two pages the connection is free for other queries.</summary>
    public static async IAsyncEnumerable<TRow> Paged<TRow>(
        IQueryable<TRow> filtered, ListRequest<TRow> request, int size, [EnumeratorCancellation] CancellationToken cancel = default) where TRow : class
    {
        for (IReadOnlyList<object?>? after = null; ;)
        {
            var page = await ListAsync(filtered.After(request, after).Sorted(request).Take(size), cancel);
            foreach (var row in page) yield return row;
            if (page.Count < size) yield break;
            after = [.. request.Sort.Select(k => k.Field.Get(page[^1]))];
        }
    }

    /// <summary>The rows in chunks of the given size; the last chunk may be smaller, and none is empty.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<TRow>> Chunked<TRow>(
        this IAsyncEnumerable<TRow> rows, int size, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var chunk = new List<TRow>(size);
        await foreach (var row in rows.WithCancellation(cancel))
        {
            chunk.Add(row);
            if (chunk.Count < size) continue;
            yield return chunk;
            chunk = new List<TRow>(size);
        }
        if (chunk.Count > 0) yield return chunk;
    }

    /// <summary>
    /// A command as a part of a batch. Its limit is written as a number: a prepared plan for any limit would sort all rows where it should read one page.
    /// </summary>
    public static NpgsqlBatchCommand ToBatchCommand(NpgsqlCommand command)
    {
        var limits = new HashSet<NpgsqlParameter>();
        var part = new NpgsqlBatchCommand(Limit().Replace(command.CommandText, limit =>
        {
            var rows = command.Parameters[limit.Groups[1].Value];
            limits.Add(rows);
            return string.Create(CultureInfo.InvariantCulture, $"LIMIT {rows.Value}");
        }));
        foreach (NpgsqlParameter parameter in command.Parameters)
            if (!limits.Contains(parameter)) part.Parameters.Add(parameter.Clone());
        return part;
    }

    public static async Task<List<T>> ListAsync<T>(IQueryable<T> rows, CancellationToken cancel) =>
        rows.Provider is IAsyncQueryProvider ? await rows.ToListAsync(cancel) : [.. rows];

    public static async Task<long> CountAsync<T>(IQueryable<T> rows, CancellationToken cancel) =>
        rows.Provider is IAsyncQueryProvider ? await rows.LongCountAsync(cancel) : rows.LongCount();

    /// <summary>
    /// The number of rows that the database's planner expects, from its statistics: no row is read. Null for rows in memory,
    /// which are counted at no cost.
    /// </summary>
    public static async Task<long?> EstimateAsync<T>(IQueryable<T> rows, CancellationToken cancel)
    {
        if (rows.Provider is not IAsyncQueryProvider) return null;
        await using var query = rows.CreateDbCommand();
        query.CommandText = "explain (format json) " + query.CommandText;
        // [{"Plan": {"Node Type": …, "Plan Rows": 120, …}}]
        using var plan = JsonDocument.Parse((string)(await query.ExecuteScalarAsync(cancel))!);
        return plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetInt64();
    }

    [GeneratedRegex(@"\bLIMIT @(\w+)")]
    private static partial Regex Limit();
}
