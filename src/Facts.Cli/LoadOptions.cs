namespace Facts.Cli;

/// <summary>How files are loaded.</summary>
/// <param name="Query">What the service is told, in the interface's names.</param>
/// <param name="DryRun">Nothing is written, so that the same request need not be known again.</param>
/// <param name="Wait">Whether to wait for a load that the service does by itself.</param>
/// <param name="Again">Whether it is a new request even where the same one was answered before.</param>
/// <param name="Patience">How long a lost connection is tried again.</param>
/// <param name="Errors">Where refused lines are saved; null for nowhere.</param>
internal sealed record LoadOptions(IReadOnlyList<(string Name, string Value)> Query, bool DryRun, bool Wait, bool Again, TimeSpan Patience, string? Errors);
