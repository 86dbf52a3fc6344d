namespace Facts.Api.Database;

/// <summary>The store has a migration that this build does not know: another build of Facts has taken it over while this one ran.</summary>
internal sealed class OtherBuildException() : Exception("Another build of Facts has taken over the store.");
