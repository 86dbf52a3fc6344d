namespace Facts.EmbeddedPostgres;

/// <summary>PostgreSQL cannot be found, fetched, started or reached. The message is for the person at the terminal and says what to do.</summary>
public sealed class EmbeddedServerException(string message, Exception? inner = null) : Exception(message, inner);
