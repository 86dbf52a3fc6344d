using System.Text.Json.Serialization;
using Facts.Api.Http;
using Facts.Api.Projections;
using FluentValidation;

namespace Facts.Api.Review;

/// <summary>
/// An editor's decision about two facts, or about the rank of one claim. A fact is named by its number, or by the article and external id
/// of one of its claims. Where both are given, the article and external id count.
/// </summary>
internal class DecisionRequest
{
    /// <summary><c>merge</c>, <c>split</c>, <c>link</c>, <c>unlink</c> or <c>rank</c>.</summary>
    public string? Decision { get; set; }

    /// <summary>Number of the first fact or of a claim of it. For <c>link</c> and <c>unlink</c>: the delivery. For <c>rank</c>: the claim.</summary>
    public long? A { get; set; }

    /// <summary>Instead of <c>a</c>: external id of the article of the first claim, or its URL where it has none.</summary>
    [JsonPropertyName("a_article")]
    public string? ArticleOfA { get; set; }

    /// <summary>Instead of <c>a</c>: external id of the first claim.</summary>
    [JsonPropertyName("a_external_id")]
    public string? NameOfA { get; set; }

    /// <summary>Number of the second fact or of a claim of it. For <c>link</c> and <c>unlink</c>: the commitment. Not for <c>rank</c>.</summary>
    public long? B { get; set; }

    /// <summary>Instead of <c>b</c>: external id of the article of the second claim, or its URL where it has none.</summary>
    [JsonPropertyName("b_article")]
    public string? ArticleOfB { get; set; }

    /// <summary>Instead of <c>b</c>: external id of the second claim.</summary>
    [JsonPropertyName("b_external_id")]
    public string? NameOfB { get; set; }

    /// <summary>The new rank of the claim. Only for <c>rank</c>.</summary>
    public string? Rank { get; set; }

    /// <summary>The rank that the claim gets back when the decision is undone. Only for <c>rank</c>; the default is its rank now.</summary>
    public string? RankBefore { get; set; }

    /// <summary>Name of the person who decided.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Reason for the decision; optional for <c>rank</c>.</summary>
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
        RuleFor(d => d.B).NotEqual(d => d.A).When(d => d.A is not null && d.ClaimA() is null && d.ClaimB() is null)
            .As(Problems.InvalidValue).WithMessage("is the same as a");
        RuleFor(d => d.DecidedBy).AtMost(MaxNameLength);
        RuleFor(d => d.Reason).IsGiven().When(d => !d.IsRank());
        RuleFor(d => d.Reason).AtMost(MaxReasonLength);
    }
}
