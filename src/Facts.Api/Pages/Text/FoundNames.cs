using Facts.Api.Claims;

namespace Facts.Api.Pages;

/// <summary>Says by which names a search found a claim.</summary>
internal static class FoundNames
{
    /// <summary>
    /// The parties and items of a claim that have words of a search which its text has not. Example: <c>Germany</c>, or <c>IRIS-T (as “Air defence”)</c>
    /// where the word is in another name of it or in that of an item above it.
    /// </summary>
    public static IEnumerable<string> Of(ClaimResponse row, IReadOnlyList<SearchWord> words, IReadOnlyDictionary<string, string> names)
    {
        var inText = SearchWord.Parts($"{row.Article.Title} {row.Claim.Quote} {row.Claim.Note}").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var byName = words.Where(w => w.IsInNames && !SearchWord.Parts(w.Text).TrueForAll(inText.Contains)).ToList();
        var (claim, parties) = (row.Claim, row.Claim.Donors.Append(row.Claim.Recipient).OfType<string>());
        return byName.SelectMany(w => parties.Select(code => Named(w, "party:" + code, w.Parties.GetValueOrDefault(code)))
                .Concat(claim.Items.Select(code => Named(w, "item:" + code, w.Items.GetValueOrDefault(code)))))
            .OfType<string>().Distinct();

        string? Named(SearchWord word, string code, string? name) => name is null ? null
            : names.GetValueOrDefault(code, name) is var shown && shown.Contains(word.Text, StringComparison.OrdinalIgnoreCase) ? shown
            : $"{shown} (as “{name}”)";
    }
}
