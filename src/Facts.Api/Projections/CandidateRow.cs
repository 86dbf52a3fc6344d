using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using Facts.Api.Http;

namespace Facts.Api.Projections;

/// <summary>
/// A candidate: two facts that may be one or belong together, on which an editor decides. It depends on the claims alone, so it holds on every day.
/// </summary>
internal sealed class CandidateRow : ProjectedRow
{
    /// <summary>The numbers of the two facts, and of the claim where there is one, joined by hyphens: <c>3-7</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>The kind of both facts; null where they are a delivery and a commitment.</summary>
    public string? Kind { get; set; }

    public string Reason { get; set; } = "";

    /// <summary>A sentence with the reason and the differences.</summary>
    public string Why { get; set; } = "";

    public long A { get; set; }
    public string AKind { get; set; } = "";
    public string AText { get; set; } = "";
    public List<long> AClaimIds { get; set; } = [];
    public long B { get; set; }
    public string BKind { get; set; } = "";
    public string BText { get; set; } = "";
    public List<long> BClaimIds { get; set; } = [];

    /// <summary>The decision that makes the two one: <c>merge</c>, or <c>link</c> where they are a delivery and a commitment.</summary>
    public string Decision { get; set; } = "";

    /// <summary>The measure that the decision changes, with what the two add to it while they are apart and after the decision.</summary>
    public string Measure { get; set; } = "";

    public decimal? ApartLow { get; set; }
    public decimal? ApartHigh { get; set; }
    public decimal? TogetherLow { get; set; }
    public decimal? TogetherHigh { get; set; }

    /// <summary>A sentence that says what the decision, or keeping apart, changes.</summary>
    public string Effect { get; set; } = "";

    /// <summary>
    /// True where pairs connect the two with facts of another balance total. Then no total holds how much of them may be counted twice, and a question
    /// finds it out from these pairs.
    /// </summary>
    public bool SpansTotals { get; set; }

    /// <summary>Number of a pledge of a remainder that fits both facts and belongs to neither; null where the two facts themselves may be one.</summary>
    public long? Claim { get; set; }

    public string Recipient { get; set; } = "";
    public string? Unit { get; set; }

    /// <summary>
    /// A hash of the two facts as they enter the other columns, and of the build that wrote them. A partition may have very many candidates, most of them
    /// unchanged by a write: see <see cref="ProjectedCandidates"/>.
    /// </summary>
    public Guid Content { get; set; }

    // Loaded only for the rows that a caller asks for.
    [NotMapped, JsonIgnore]
    public IReadOnlyList<EvidenceRow> AClaims { get; set; } = [];

    [NotMapped, JsonIgnore]
    public IReadOnlyList<EvidenceRow> BClaims { get; set; } = [];

    [NotMapped, JsonIgnore]
    public EvidenceRow? ClaimText { get; set; }

    /// <param name="candidate">The pair.</param>
    /// <param name="a">The line that describes its first fact.</param>
    /// <param name="b">The line that describes its second fact.</param>
    /// <param name="spansTotals">See <see cref="SpansTotals"/>.</param>
    /// <param name="content">See <see cref="Content"/>.</param>
    public static CandidateRow From(Candidate candidate, string a, string b, bool spansTotals, Guid content)
    {
        var effect = PairEffect.From(candidate);
        return new()
        {
            Partition = FactRows.PartitionOf(candidate.A),
            Id = candidate.Id,
            Kind = candidate.A.Kind == candidate.B.Kind ? EnumWords.ToWord(candidate.A.Kind) : null,
            Reason = EnumWords.ToWord(candidate.Reason),
            Why = Reasons.For(candidate).Text,
            A = candidate.A.Id,
            AKind = EnumWords.ToWord(candidate.A.Kind),
            AText = a,
            AClaimIds = [.. candidate.A.Reports.Select(c => c.Id)],
            B = candidate.B.Id,
            BKind = EnumWords.ToWord(candidate.B.Kind),
            BText = b,
            BClaimIds = [.. candidate.B.Reports.Select(c => c.Id)],
            Decision = effect.Decision,
            Measure = effect.Measure,
            ApartLow = effect.Apart?.Low,
            ApartHigh = effect.Apart?.High,
            TogetherLow = effect.Together?.Low,
            TogetherHigh = effect.Together?.High,
            Effect = effect.Text,
            SpansTotals = spansTotals,
            Claim = candidate.Claim?.Id,
            Recipient = candidate.A.Recipient,
            Unit = candidate.A.Unit,
            Content = content,
        };
    }
}
