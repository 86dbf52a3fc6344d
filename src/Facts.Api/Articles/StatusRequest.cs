using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Articles;

/// <summary>The one thing of an article that changes after it was recorded.</summary>
internal sealed class StatusRequest
{
    /// <summary>Whether its claims count: those of a <c>retracted</c> one do not.</summary>
    public string? Status { get; set; }

}

internal sealed class StatusRequestValidator : AbstractValidator<StatusRequest>
{
    public StatusRequestValidator()
    {
        RuleFor(r => r.Status).IsGiven();
        RuleFor(r => r.Status).IsWord<StatusRequest, ArticleStatus>();
    }
}
