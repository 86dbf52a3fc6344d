using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>A parsed row: its number, its claim as sent, and the errors of parsing. The claim is null if the row could not be parsed.</summary>
internal sealed record ParsedRow(int Row, ClaimRequest? Claim, IReadOnlyList<ProblemError> Errors)
{
    /// <summary>The bytes of the row in its file; empty if there is no file.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }
}
