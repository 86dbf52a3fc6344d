using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Facts.Api.Database;

/// <summary>
/// Reads rows of a mapped table from a query that was written by hand. The mapping is that of Entity Framework, compiled once. A question that is asked often
/// saves the translation of a LINQ query by it.
/// </summary>
internal sealed class RowReader<TRow> where TRow : class, new()
{
    static RowReader<TRow>? _instance;
    static readonly ConcurrentDictionary<string, RowReader<TRow>> Others = new(StringComparer.Ordinal);

    readonly Func<NpgsqlDataReader, TRow> _read;

    RowReader(IEntityType table, IReadOnlyList<string>? order, int first = 0)
    {
        var columns = table.GetProperties().Where(p => p.PropertyInfo is not null).ToList();
        if (order is not null) columns = [.. order.Select(name => columns.Single(c => c.GetColumnName() == name))];
        Table = table.GetTableName()!;
        Columns = [.. columns.Select(p => p.GetColumnName())];
        var reader = Expression.Parameter(typeof(NpgsqlDataReader));
        var members = columns.Select((p, i) => Expression.Bind(p.PropertyInfo!, Value(p, reader, first + i)));
        _read = Expression.Lambda<Func<NpgsqlDataReader, TRow>>(Expression.MemberInit(Expression.New(typeof(TRow)), members), reader).Compile();
    }

    /// <summary>The name of the table.</summary>
    public string Table { get; }

    /// <summary>The columns, in the order in which <see cref="Read"/> expects them from the first on.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The reader for the table of these rows.</summary>
    public static RowReader<TRow> Of(FactsContext database) => _instance ??= new(database.Model.FindEntityType(typeof(TRow))!, null);

    /// <summary>The reader for a query that has all columns of the table in an order of its own.</summary>
    public static RowReader<TRow> Of(FactsContext database, NpgsqlDataReader query)
    {
        var first = 0;
        return Of(database, query, ref first);
    }

    /// <summary>
    /// The reader for a query of several tables. The columns of this table stand together; the names of some have got a number, because another table has a
    /// column of that name.
    /// </summary>
    /// <param name="database">Has the mapping.</param>
    /// <param name="query">The query.</param>
    /// <param name="first">Position of the first column of this table. Stands at the first column after it afterwards.</param>
    public static RowReader<TRow> Of(FactsContext database, NpgsqlDataReader query, ref int first)
    {
        var (table, from) = (database.Model.FindEntityType(typeof(TRow))!, first);
        first += table.GetProperties().Count();
        var names = Enumerable.Range(from, first - from).Select(i => query.GetName(i).TrimEnd([.. "0123456789"])).ToList();
        return Others.GetOrAdd($"{from}:{string.Join(',', names)}", _ => new(table, names, from));
    }

    /// <summary>The columns as a list for <c>select</c>.</summary>
    /// <param name="alias">The name of the table in the query.</param>
    public string Select(string alias) => string.Join(", ", Columns.Select(c => $"{alias}.{c}"));

    /// <summary>The row at which the reader stands.</summary>
    public TRow Read(NpgsqlDataReader reader) => _read(reader);

    static Expression Value(IProperty property, ParameterExpression reader, int column)
    {
        var (type, at) = (property.PropertyInfo!.PropertyType, Expression.Constant(column));
        var converter = property.GetTypeMapping().Converter;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        // A list has a converter of Npgsql's own; the driver reads it without.
        var stored = converter is null || IsList(plain) && converter.ProviderClrType != typeof(string) ? plain : converter.ProviderClrType;
        Expression value = Expression.Call(reader, Generic(nameof(NpgsqlDataReader.GetFieldValue), stored), at);
        if (stored != plain) value = Expression.Convert(Expression.Invoke(converter!.ConvertFromProviderExpression, value), plain);
        return Expression.Condition(
            Expression.Call(reader, typeof(NpgsqlDataReader).GetMethod(nameof(NpgsqlDataReader.IsDBNull), [typeof(int)])!, at),
            Expression.Default(type), Expression.Convert(value, type));
    }

    static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>);

    static MethodInfo Generic(string name, Type type) =>
        typeof(NpgsqlDataReader).GetMethods().First(m => m.Name == name && m.IsGenericMethod).MakeGenericMethod(type);
}
