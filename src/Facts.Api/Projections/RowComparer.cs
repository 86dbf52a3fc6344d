using System.Linq.Expressions;
using System.Reflection;

namespace Facts.Api.Projections;

/// <summary>
/// Compares all columns of two rows, except the number that the store gives a balance total; with or without the days for which the rows hold.
/// </summary>
internal sealed class RowComparer<TRow> : IEqualityComparer<TRow> where TRow : ProjectedRow
{
    // Compiled once for each kind of row: a load compares very many rows.
    readonly Func<TRow, TRow, bool> _equal;
    readonly Func<TRow, int> _hash;

    RowComparer(params string[] leftOut)
    {
        var columns = typeof(TRow).GetProperties()
            .Where(p => !leftOut.Contains(p.Name) && !(typeof(TRow) == typeof(TotalRow) && p.Name == nameof(TotalRow.Id))).ToArray();
        (_equal, _hash) = (CompileEquals(columns), CompileHash(columns));
    }

    public static RowComparer<TRow> Instance { get; } = new();

    public static RowComparer<TRow> WithoutDays { get; } = new(nameof(DatedRow.ValidFrom), nameof(DatedRow.ValidTo));

    public bool Equals(TRow? a, TRow? b) => ReferenceEquals(a, b) || a is not null && b is not null && _equal(a, b);

    public int GetHashCode(TRow row) => _hash(row);

    static Func<TRow, TRow, bool> CompileEquals(PropertyInfo[] columns)
    {
        var (a, b) = (Expression.Parameter(typeof(TRow)), Expression.Parameter(typeof(TRow)));
        var all = columns.Select(column => Equal(column.PropertyType, Expression.Property(a, column), Expression.Property(b, column)))
            .Aggregate(Expression.AndAlso);
        return Expression.Lambda<Func<TRow, TRow, bool>>(all, a, b).Compile();
    }

    static Expression Equal(Type type, Expression a, Expression b) => IsList(type)
        ? Expression.Call(typeof(RowComparer<TRow>), nameof(AreEqual), type.GetGenericArguments(), a, b)
        : Expression.Equal(a, b);

    // The hash of the columns that are no lists.
    static Func<TRow, int> CompileHash(PropertyInfo[] columns)
    {
        var row = Expression.Parameter(typeof(TRow));
        var hash = columns.Where(column => !IsList(column.PropertyType)).Aggregate((Expression)Expression.Constant(17), (sum, column) => Expression.Add(
            Expression.Multiply(sum, Expression.Constant(31)),
            Expression.Call(typeof(RowComparer<TRow>), nameof(HashOf), [column.PropertyType], Expression.Property(row, column))));
        return Expression.Lambda<Func<TRow, int>>(hash, row).Compile();
    }

    static bool AreEqual<T>(List<T>? a, List<T>? b) => a is null || b is null ? a == b : a.SequenceEqual(b);

    static int HashOf<T>(T value) => value is null ? 0 : EqualityComparer<T>.Default.GetHashCode(value);

    static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>);
}
