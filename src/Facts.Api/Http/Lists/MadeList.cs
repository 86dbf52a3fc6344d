using System.Collections;

namespace Facts.Api.Http;

/// <summary>Lists whose elements are made each time they are read. A long one that is read once, while it is written, then needs no memory.</summary>
internal static class MadeList
{
    /// <param name="from">What the elements are made of.</param>
    /// <param name="make">Makes an element.</param>
    public static IReadOnlyList<T> Of<TFrom, T>(IReadOnlyList<TFrom> from, Func<TFrom, T> make) => new View<TFrom, T>(from, make);

    sealed class View<TFrom, T>(IReadOnlyList<TFrom> from, Func<TFrom, T> make) : IReadOnlyList<T>
    {
        public int Count => from.Count;

        public T this[int index] => make(from[index]);

        public IEnumerator<T> GetEnumerator() => from.Select(make).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
