namespace Facts.Api.Http;

/// <summary>Refuses another code for a stored thing. A code never changes, because URLs and files of callers contain it.</summary>
internal static class CodeChange
{
    /// <param name="sent">The code that was sent.</param>
    /// <param name="isGiven">True if a code was sent, which may be null.</param>
    /// <param name="own">The code of the thing.</param>
    public static IEnumerable<ProblemError> Errors(string? sent, bool isGiven, string own) => !isGiven || sent == own ? [] :
        [ProblemError.InBody(Problems.InvalidValue, "/code",
            $"a code cannot change, and this one is '{own}': leave it out; for another code add a new one, and delete this one once nothing refers to it",
            sent, own)];
}
