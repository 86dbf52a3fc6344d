namespace Facts.Api.Http;

/// <summary>A field to sort by.</summary>
internal sealed record SortKey<TRow>(ListField<TRow> Field, bool Descending);
