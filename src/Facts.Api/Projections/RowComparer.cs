using System.Linq.Expressions;
using System.Reflection;

namespace Facts.Api.Projections;

/// <summary>Compares all columns of two rows, except the number that the store gives a balance total.</summary>
internal sealed class RowComparer<TRow> : IEqualityComparer<TRow> where TRow : ProjectedRow
{
    static readonly PropertyInfo[] Columns =
        [.. typeof(TRow).GetProperties().Where(p => !(typeof(TRow) == typeof(TotalRow) && p.Name == nameof(TotalRow.Id)))];

    // Compiled once for each kind of row: a load compares very many rows.
    readonly Func<TRow, TRow, bool> _equal = CompileEquals();
    readonly Func<TRow, int> _hash = CompileHash();

    public static RowComparer<TRow> Instance { get; } = new();

    public bool Equals(TRow? a, TRow? b) => ReferenceEquals(a, b) || a is not null && b is not null && _equal(a, b);

    public int GetHashCode(TRow row) => _hash(row);

    static Func<TRow, TRow, bool> CompileEquals()
    {
        var (a, b) = (Expression.Parameter(typeof(TRow)), Expression.Parameter(typeof(TRow)));
        var all = Columns.Select(column => Equal(column.PropertyType, Expression.Property(a, column), Expression.Property(b, column)))
            .Aggregate(Expression.AndAlso);
        return Expression.Lambda<Func<TRow, TRow, bool>>(all, a, b).Compile();
    }

    static Expression Equal(Type type, Expression a, Expression b) => IsList(type)
        ? Expression.Call(typeof(RowComparer<TRow>), nameof(AreEqual), type.GetGenericArguments(), a, b)
        : Expression.Equal(a, b);

    // The hash of the columns that are no lists.
    static Func<TRow, int> CompileHash()
    {
        var row = Expression.Parameter(typeof(TRow));
        var hash = Columns.Where(column => !IsList(column.PropertyType)).Aggregate((Expression)Expression.Constant(17), (sum, column) => Expression.Add(
            Expression.Multiply(sum, Expression.Constant(31)),
            Expression.Call(typeof(RowComparer<TRow>), nameof(HashOf), [column.PropertyType], Expression.Property(row, column))));
        return Expression.Lambda<Func<TRow, int>>(hash, row).Compile();
    }

    static bool AreEqual<T>(List<T>? a, List<T>? b) => a is null || b is null ? a == b : a.SequenceEqual(b);

    static int HashOf<T>(T value) => value is null ? 0 : EqualityComparer<T>.Default.GetHashCode(value);

    static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>);
}
