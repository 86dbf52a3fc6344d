namespace Facts.Api.Claims;

/// <summary>The effect of a row whose article and external id are stored already, with other content: it supersedes, is refused, or is ignored.</summary>
internal enum WriteMode { Upsert, Insert, Ignore }
