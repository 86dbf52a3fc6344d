using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Ledger;

/// <summary>What editing a party and editing an item have in common.</summary>
internal static class CatalogueEdit
{
    /// <summary>Carries an edit out in the turn of editors, within a transaction that it is to commit. Where a load made the same name at the same moment it starts again and finds it there.</summary>
    public static async Task<IResult> InTurnAsync(FactsContext database, Func<WriteTransaction, Task<IResult>> edit, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
                await CatalogueTurns.EditAsync(database, cancel);
                return await edit(transaction);
            }
            catch (Exception lost) when (attempt < TurnLostException.Attempts && TurnLostException.IsReasonOf(lost))
            {
                database.ChangeTracker.Clear();
            }
    }

    /// <summary>Names that are another's already: one is never ambiguous.</summary>
    /// <param name="names">As they were sent, by their pointers.</param>
    /// <param name="own">Code of whose names they are to be; null for something new.</param>
    /// <param name="ownerOf">Code of who has a name; null where nobody has.</param>
    public static IEnumerable<ProblemError> Taken(IEnumerable<(string Pointer, string? Name)> names, string? own, Func<string, string?> ownerOf) =>
        from given in names
        where given.Name is not null
        let owner = ownerOf(given.Name)
        where owner is not null && owner != own
        select ProblemError.InBody(Problems.Conflict, given.Pointer, $"'{given.Name}' is a code, name or alias of {owner} already", given.Name);

    /// <summary>A code that is sent is the one that is there: it is in URLs and files of others, so it is for good.</summary>
    public static IEnumerable<ProblemError> OtherCode(string? sent, bool isGiven, string own) => !isGiven || sent == own ? [] :
        [ProblemError.InBody(Problems.InvalidValue, "/code",
            $"a code is for good, and this one is '{own}': leave it out; for another code add a new one, and delete this one once nothing refers to it", sent, own)];

    /// <summary>Says what refers to something that was to be deleted.</summary>
    /// <param name="code">What.</param>
    /// <param name="claims">How many claims name it, and the first of them.</param>
    /// <param name="others">Codes of the things of its own kind that refer to it.</param>
    /// <param name="what">What one of them is, and what several are.</param>
    public static Problem InUse(string code, (long Count, long? First) claims, IReadOnlyList<string> others, (string One, string Several) what)
    {
        var reasons = new List<string>();
        if (claims.Count > 0) reasons.Add(claims.Count == 1 ? $"1 claim that names it (/v1/claims/{claims.First})" : $"{claims.Count} claims that name it (the first is /v1/claims/{claims.First})");
        if (others.Count > 0) reasons.Add($"{others.Count} {(others.Count == 1 ? what.One : what.Several)} ({string.Join(", ", others.Take(5))}{(others.Count > 5 ? ", …" : "")})");
        return Problems.InUse.Because($"{code} stays: there {(claims.Count == 1 || claims.Count == 0 && others.Count == 1 ? "is" : "are")} {string.Join(" and ", reasons)}");
    }

    /// <summary>Of what was to be changed and is not there.</summary>
    public static Problem NothingToChange(string noun, string code) =>
        Problems.PreconditionFailed.Because($"there is no {noun} '{code}' to change; without If-Match it is added");
}
