using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Review;

/// <summary>A new rank for a claim, with the person who decided and the reason. The rank is all that an editor changes of a claim.</summary>
internal sealed class RankRequest
{
    /// <summary>The new rank. Among claims that contradict each other, a preferred one wins; a deprecated one does not count.</summary>
    public string? Rank { get; set; }

    /// <summary>Name of the person who decided.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Reason for the rank.</summary>
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
