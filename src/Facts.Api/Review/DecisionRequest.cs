using System.Text.Json.Serialization;
using Facts.Api.Http;
using Facts.Api.Projections;
using FluentValidation;

namespace Facts.Api.Review;

/// <summary>
/// An editor's decision about two facts, each named by its number, or by the names of one of its claims, which go before it; or about the rank of one claim.
/// </summary>
internal class DecisionRequest
{
    /// <summary><c>merge</c>, <c>split</c>, <c>link</c>, <c>unlink</c> or <c>rank</c>.</summary>
    public string? Decision { get; set; }

    /// <summary>The one fact, or a claim of it; of a link the delivery; of a rank the claim.</summary>
    public long? A { get; set; }

    /// <summary>In place of its number: the external id of that claim's article, its url where it has none.</summary>
    [JsonPropertyName("a_article")]
    public string? ArticleOfA { get; set; }

    /// <summary>The external id of that claim.</summary>
    [JsonPropertyName("a_external_id")]
    public string? NameOfA { get; set; }

    /// <summary>The other fact, or a claim of it; of a link the commitment. A rank has none.</summary>
    public long? B { get; set; }

    /// <summary>As <c>a_article</c>, of the other.</summary>
    [JsonPropertyName("b_article")]
    public string? ArticleOfB { get; set; }

    /// <summary>The external id of the other claim.</summary>
    [JsonPropertyName("b_external_id")]
    public string? NameOfB { get; set; }

    /// <summary>Of a rank: what the claim is to be ranked.</summary>
    public string? Rank { get; set; }

    /// <summary>Of a rank: what the claim is ranked again when this is undone. Where it is not given, what it is ranked now.</summary>
    public string? RankBefore { get; set; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Why; a rank may go without.</summary>
    public string? Reason { get; set; }

    public ClaimName? ClaimA() => ArticleOfA is { } article && NameOfA is { } name ? new(article, name) : null;

    public ClaimName? ClaimB() => ArticleOfB is { } article && NameOfB is { } name ? new(article, name) : null;

    public bool IsRank() => Decision == EnumWords.ToWord(DecisionKind.Rank);
}

internal sealed class DecisionRequestValidator : AbstractValidator<DecisionRequest>
{
    public const int MaxNameLength = 300, MaxReasonLength = 10_000;

    public DecisionRequestValidator()
    {
        RuleFor(d => d.Decision).IsGiven();
        RuleFor(d => d.Decision).IsWord<DecisionRequest, DecisionKind>();
        RuleFor(d => d.A).IsGiven().When(d => d.ClaimA() is null);
        When(d => d.IsRank(), () =>
        {
            RuleFor(d => d.Rank).IsGiven();
            RuleFor(d => d.B).Null().As(Problems.InvalidValue).WithMessage("is for decisions about two facts: a rank is that of one claim");
        }).Otherwise(() =>
        {
            RuleFor(d => d.B).IsGiven().When(d => d.ClaimB() is null);
            RuleFor(d => d.Rank).Null().As(Problems.InvalidValue).WithMessage("is for the decision 'rank'");
        });
        RuleFor(d => d.Rank).IsWord<DecisionRequest, Rank>();
        RuleFor(d => d.RankBefore).IsWord<DecisionRequest, Rank>();
        RuleFor(d => d.B).NotEqual(d => d.A).When(d => d.A is not null && d.ClaimA() is null && d.ClaimB() is null).As(Problems.InvalidValue).WithMessage("is the same as a");
        RuleFor(d => d.DecidedBy).AtMost(MaxNameLength);
        RuleFor(d => d.Reason).IsGiven().When(d => !d.IsRank());
        RuleFor(d => d.Reason).AtMost(MaxReasonLength);
    }
}
