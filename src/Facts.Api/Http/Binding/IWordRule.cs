namespace Facts.Api.Http;

/// <summary>A rule that allows some words only; the OpenAPI document lists them.</summary>
internal interface IWordRule
{
    IReadOnlyList<string> Words { get; }
}
