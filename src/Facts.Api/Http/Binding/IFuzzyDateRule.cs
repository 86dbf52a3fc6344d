namespace Facts.Api.Http;

/// <summary>A rule that requires a date in EDTF; the OpenAPI document shows its form.</summary>
internal interface IFuzzyDateRule;
