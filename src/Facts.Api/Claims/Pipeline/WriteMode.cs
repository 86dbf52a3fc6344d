namespace Facts.Api.Claims;

/// <summary>What becomes of a claim whose article and external id are stored already.</summary>
internal enum WriteMode { Upsert, Insert, Ignore }
