namespace Facts.EmbeddedPostgres;

/// <summary>What PostgreSQL writes about itself into <c>postmaster.pid</c>; it is ready when it takes connections.</summary>
sealed record PidFile(int Process, int Port, bool Ready)
{
    /// <summary>Null where there is none, or none that says anything: an empty one is what a full disk or a power cut leaves.</summary>
    public static PidFile? Read(string path)
    {
        try
        {
            // process, data directory, start, port, socket directory, listen address, shared memory, status
            var lines = File.ReadAllLines(path);
            return lines.Length > 3 && int.TryParse(lines[0], out var process) && int.TryParse(lines[3], out var port)
                ? new PidFile(process, port, lines.Length > 7 && lines[7].Trim() == "ready")
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
