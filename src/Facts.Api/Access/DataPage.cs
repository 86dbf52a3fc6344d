namespace Facts.Api.Access;

/// <summary>Metadata of a page outside of <c>/v1</c> that shows data.</summary>
internal sealed record DataPage;
