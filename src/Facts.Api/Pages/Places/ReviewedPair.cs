using Facts.Api.Balances;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>Two facts that may be one, as an editor has yet to decide.</summary>
/// <param name="Reason">Why they may be one, in a word.</param>
/// <param name="Why">The same in a sentence, with where they differ.</param>
/// <param name="Effect">The change that a decision makes, in a sentence.</param>
/// <param name="A">The first fact: kind, number, and the fact in words.</param>
/// <param name="B">The second fact.</param>
internal sealed record ReviewedPair(
    string Reason, string Why, string Effect, (string Kind, long Id, string Text) A, (string Kind, long Id, string Text) B)
{
    public static ReviewedPair From(CandidateRow pair) =>
        new(pair.Reason, pair.Why, pair.Effect, (pair.AKind, pair.A, pair.AText), (pair.BKind, pair.B, pair.BText));

    public static ReviewedPair From(ExplainedPair pair) => new(EnumWords.ToWord(pair.Reason), pair.Why, pair.Effect,
        (EnumWords.ToWord(pair.A.Kind), pair.A.Id, pair.AText), (EnumWords.ToWord(pair.B.Kind), pair.B.Id, pair.BText));

    /// <summary>The pair with its facts by the names of parties and items, as far as these facts hold them.</summary>
    public ReviewedPair Named(IReadOnlyDictionary<(string, long), FactRow> facts, IReadOnlyDictionary<string, string> names)
    {
        return this with { A = In(A), B = In(B) };

        (string, long, string) In((string Kind, long Id, string Text) fact) =>
            (fact.Kind, fact.Id, facts.GetValueOrDefault((fact.Kind, fact.Id)) is { } row ? FactText.Dated(row, names) : fact.Text);
    }
}
