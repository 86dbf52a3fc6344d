namespace Facts.Api.Database;

/// <summary>
/// Refuses writes before the disk of the embedded PostgreSQL is full. PostgreSQL stops where it cannot write its log, and cannot start again before there is
/// room, so that reads would stop too.
/// </summary>
/// <param name="directory">The directory of the embedded PostgreSQL; null for an external one, whose disk is elsewhere.</param>
internal sealed class DiskReserve(string? directory)
{
    /// <summary>Free bytes that are left to the database: four files of its log.</summary>
    const long Least = 64L << 20;

    /// <exception cref="DiskReserveException">The disk is almost full.</exception>
    public void Require()
    {
        if (directory is not null && new DriveInfo(directory).AvailableFreeSpace < Least) throw new DiskReserveException();
    }
}
