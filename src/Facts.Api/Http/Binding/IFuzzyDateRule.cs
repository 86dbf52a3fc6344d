namespace Facts.Api.Http;

/// <summary>A rule that asks for a date in EDTF; the OpenAPI document says how one looks.</summary>
internal interface IFuzzyDateRule;
