using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Claims;

/// <summary>The one thing of a claim that an editor changes.</summary>
internal sealed class RankRequest
{
    /// <summary>An editor's word on it among rivals.</summary>
    public string? Rank { get; set; }

}

internal sealed class RankRequestValidator : AbstractValidator<RankRequest>
{
    public RankRequestValidator()
    {
        RuleFor(r => r.Rank).IsGiven();
        RuleFor(r => r.Rank).IsWord<RankRequest, Rank>();
    }
}
