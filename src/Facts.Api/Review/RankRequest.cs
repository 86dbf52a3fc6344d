using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Review;

/// <summary>The one thing of a claim that an editor changes, with who and why.</summary>
internal sealed class RankRequest
{
    /// <summary>An editor's word on it among rivals.</summary>
    public string? Rank { get; set; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Why.</summary>
    public string? Reason { get; set; }
}

internal sealed class RankRequestValidator : AbstractValidator<RankRequest>
{
    public RankRequestValidator()
    {
        RuleFor(r => r.Rank).IsGiven();
        RuleFor(r => r.Rank).IsWord<RankRequest, Rank>();
        RuleFor(r => r.DecidedBy).AtMost(DecisionRequestValidator.MaxNameLength);
        RuleFor(r => r.Reason).AtMost(DecisionRequestValidator.MaxReasonLength);
    }
}
