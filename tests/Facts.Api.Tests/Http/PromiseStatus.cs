namespace Facts.Api.Tests.Http;

internal enum PromiseStatus { Open, PartlyMet }
