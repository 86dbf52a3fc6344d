namespace Facts.EmbeddedPostgres;

/// <summary>The content of <c>postmaster.pid</c>, which PostgreSQL writes. Its status is "ready" when the server accepts connections.</summary>
sealed record PidFile(int Process, int Port, bool Ready)
{
    /// <summary>Reads the file; null if it is missing or incomplete. A full disk or a power cut leaves an empty file.</summary>
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
