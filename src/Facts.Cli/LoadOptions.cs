namespace Facts.Cli;

/// <summary>The options of <c>facts load</c>.</summary>
/// <param name="Query">The parameters of the request.</param>
/// <param name="DryRun">True: nothing is stored, so the request needs no idempotency key.</param>
/// <param name="Wait">True: wait for an import that the service queued.</param>
/// <param name="Again">True: a new request, even if an equal one was answered before.</param>
/// <param name="Patience">The time during which a lost connection is retried.</param>
/// <param name="Errors">The file for refused rows; null for none.</param>
internal sealed record LoadOptions(IReadOnlyList<(string Name, string Value)> Query, bool DryRun, bool Wait, bool Again, TimeSpan Patience, string? Errors);
