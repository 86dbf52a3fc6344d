using System.Buffers.Binary;

namespace Facts.Api.Database;

/// <summary>
/// Goes through the elements of many arrays that the database sends as one value: <see cref="Column"/>. The driver reads each array by itself, as an object,
/// which takes longer than the database needs to find them.
/// </summary>
/// <param name="bytes">Arrays of one dimension without nulls, one after the other, in PostgreSQL's binary format.</param>
internal ref struct SentArrays(ReadOnlySpan<byte> bytes)
{
    // Of an array: its flags and the type of its elements; the index of its first element.
    const int FlagsAndType = 8, FirstIndex = 4;

    ReadOnlySpan<byte> _rest = bytes;
    int _left;

    /// <summary>An element in PostgreSQL's binary format: 8 bytes of a <c>bigint</c>, or the UTF-8 of a <c>text</c>.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>The arrays of a column in one value, in SQL.</summary>
    public static string Column(string name) => $"string_agg(array_send({name}), ''::bytea)";

    /// <summary>Goes to the next element; false after the last one.</summary>
    public bool MoveNext()
    {
        while (_left == 0)
        {
            if (_rest.IsEmpty) return false;
            var dimensions = TakeInteger();
            Take(FlagsAndType);
            if (dimensions == 0) continue;
            _left = TakeInteger();
            Take(FirstIndex);
        }
        _left--;
        Current = Take(TakeInteger());
        return true;
    }

    int TakeInteger() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    ReadOnlySpan<byte> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
