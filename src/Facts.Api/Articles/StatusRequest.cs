using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Articles;

/// <summary>A new status of an article: its only member that changes after it was recorded.</summary>
internal sealed class StatusRequest
{
    /// <summary>Status of the article. Claims of a <c>retracted</c> article do not count.</summary>
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
