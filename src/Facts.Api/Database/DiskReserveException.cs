namespace Facts.Api.Database;

/// <summary>The disk of the database is almost full: see <see cref="DiskReserve"/>.</summary>
internal sealed class DiskReserveException() : Exception("The disk of the database is almost full.");
