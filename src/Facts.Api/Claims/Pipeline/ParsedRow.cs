using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>A claim as sent, with the line it stood on and what was wrong with it as a text; a row of a file may be nothing but errors.</summary>
internal sealed record ParsedRow(int Row, ClaimRequest? Claim, IReadOnlyList<ProblemError> Errors)
{
    /// <summary>The row as it stood in its file; empty outside of one.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }
}
