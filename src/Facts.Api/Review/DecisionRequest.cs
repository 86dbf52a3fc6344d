using Facts.Api.Http;
using Facts.Api.Ledger;
using FluentValidation;

namespace Facts.Api.Review;

/// <summary>An editor's decision about two facts, each named by its number.</summary>
internal sealed class DecisionRequest
{
    /// <summary><c>merge</c>, <c>split</c>, <c>link</c> or <c>unlink</c>.</summary>
    public string? Decision { get; set; }

    /// <summary>The one fact, or a claim of it; of a link the delivery.</summary>
    public long? A { get; set; }

    /// <summary>The other fact, or a claim of it; of a link the commitment.</summary>
    public long? B { get; set; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Why.</summary>
    public string? Reason { get; set; }

}

internal sealed class DecisionRequestValidator : AbstractValidator<DecisionRequest>
{
    public DecisionRequestValidator()
    {
        RuleFor(d => d.Decision).IsGiven();
        RuleFor(d => d.Decision).IsWord<DecisionRequest, DecisionKind>();
        RuleFor(d => d.A).IsGiven();
        RuleFor(d => d.B).IsGiven();
        RuleFor(d => d.B).NotEqual(d => d.A).When(d => d.A is not null).As(Problems.InvalidValue).WithMessage("is the same as a");
        RuleFor(d => d.DecidedBy).AtMost(300);
        RuleFor(d => d.Reason).IsGiven().AtMost(10_000);
    }
}
