using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Merges;

/// <summary>A merge as a caller sends it.</summary>
internal sealed class MergeRequest
{
    /// <summary>Code, name or alias of the party or item that stays.</summary>
    public string? Into { get; set; }

    /// <summary>Name of the person who decided.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Reason for the merge.</summary>
    public string? Reason { get; set; }
}

internal sealed class MergeRequestValidator : AbstractValidator<MergeRequest>
{
    public MergeRequestValidator()
    {
        RuleFor(m => m.Into).IsGiven().AtMost(300);
        RuleFor(m => m.DecidedBy).AtMost(300);
        RuleFor(m => m.Reason).IsGiven().AtMost(10_000);
    }
}
