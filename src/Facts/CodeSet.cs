namespace Facts;

/// <summary>
/// A set of catalogue codes: joint donors, or items of which any may be given. Sorted, without repeats, equal by content.
/// May be empty, for example the donors of a request that asks no particular donor.
/// </summary>
public sealed class CodeSet : IEquatable<CodeSet>, IComparable<CodeSet>
{
    readonly string[] _codes;

    // 0 until it is asked for. Facts are grouped by these sets again and again.
    int _hash;

    CodeSet(string[] codes) => _codes = codes;

    public static CodeSet Empty { get; } = new([]);

    public static CodeSet From(params IEnumerable<string> codes) => codes switch
    {
        // Nearly all sets have one code.
        IReadOnlyList<string> { Count: 0 } => Empty,
        IReadOnlyList<string> { Count: 1 } one => new([one[0]]),
        _ => new([.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]),
    };

    /// <summary>The codes in ordinal order.</summary>
    public IReadOnlyList<string> Codes => _codes;

    public bool IsEmpty => _codes.Length == 0;

    /// <summary>The codes joined as a group of joint donors: <c>DEU+DNK+NLD</c>.</summary>
    public string Joint => _codes is [var code] ? code : string.Join('+', _codes);

    /// <summary>The codes joined as a set of items of which any may be given: <c>hawk|iris-t|nasams</c>.</summary>
    public string AnyOf => _codes is [var code] ? code : string.Join('|', _codes);

    public bool Equals(CodeSet? other) => ReferenceEquals(this, other) || other is not null && _codes.AsSpan().SequenceEqual(other._codes);

    public override bool Equals(object? obj) => Equals(obj as CodeSet);

    public override int GetHashCode()
    {
        if (_hash != 0) return _hash;
        var hash = new HashCode();
        foreach (var code in _codes) hash.Add(code, StringComparer.Ordinal);
        return _hash = hash.ToHashCode();
    }

    public int CompareTo(CodeSet? other) => ReferenceEquals(this, other) ? 0 : other is null ? 1 : string.CompareOrdinal(AnyOf, other.AnyOf);

    public override string ToString() => string.Join(';', _codes);
}
