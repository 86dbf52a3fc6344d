using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Claims;

/// <summary>A claim as it is sent: one flat record, everything optional until the validator has seen it.</summary>
internal sealed class ClaimRequest
{
    public string? ExternalId { get; set; }
    public long? ArticleId { get; set; }
    public string? ArticleUrl { get; set; }
    public string? ArticleExternalId { get; set; }
    public string? ArticleTitle { get; set; }
    public string? ArticlePublisher { get; set; }
    public string? ArticlePublishedOn { get; set; }
    public string? ArticleLanguage { get; set; }
    public string? Kind { get; set; }
    public string? Firmness { get; set; }
    public List<string>? Donors { get; set; }
    public string? Recipient { get; set; }
    public List<string>? Items { get; set; }
    public decimal? Quantity { get; set; }
    public decimal? QuantityLow { get; set; }
    public decimal? QuantityHigh { get; set; }
    public string? QuantityQualifier { get; set; }
    public string? QuantityBasis { get; set; }
    public string? QuantityText { get; set; }
    public string? Unit { get; set; }
    public string? StatedOn { get; set; }
    public string? HappenedOn { get; set; }
    public string? DueOn { get; set; }
    public string? Stage { get; set; }
    public string? Condition { get; set; }
    public bool? ConditionMet { get; set; }
    public bool? OnHold { get; set; }
    public string? Commitment { get; set; }
    public string? Delivery { get; set; }
    public string? Request { get; set; }
    public string? Assessment { get; set; }
    public string? PartOf { get; set; }
    public string? Quote { get; set; }
    public string? QuotePrefix { get; set; }
    public string? QuoteSuffix { get; set; }
    public string? Claimant { get; set; }
    public string? Attribution { get; set; }
    public string? Rank { get; set; }
    public string? Note { get; set; }

    /// <summary>The least the source's number can be: a bare <c>quantity</c> is both.</summary>
    public decimal? Low => QuantityLow ?? Quantity;

    public decimal? High => QuantityHigh ?? Quantity;

    public QuantityBasis Basis => Words.Parse<QuantityBasis>(QuantityBasis) ?? Facts.QuantityBasis.Increment;

    /// <summary>The number, once the validator has found it right.</summary>
    public Quantity ToQuantity() =>
        Facts.Quantity.TryCreate(Words.Parse<QuantityQualifier>(QuantityQualifier), Low, High, QuantityText, MayBeNegative, out var quantity, out _)
            ? quantity
            : throw new InvalidOperationException("Called before validation.");

    public bool MayBeNegative => Kind == "amendment" && QuantityBasis is null or "increment";
}

internal sealed class ClaimRequestValidator : AbstractValidator<ClaimRequest>
{
    const int Name = 300, Title = 1_000, Passage = 10_000, Address = 2_000;

    static readonly string?[] AboutFacts = ["request", "pledge", "delivery"];

    public ClaimRequestValidator()
    {
        Identity();
        Texts();
        EnumWords();
        WhatAndWhom();
        Dates();
        Numbers();
        KindsOwn();
    }

    void Identity()
    {
        RuleFor(c => c.ArticleUrl).Must((c, _) => c.ArticleId is not null || c.ArticleUrl is not null || c.ArticleExternalId is not null)
            .WithErrorCode(Problems.Required.Code).WithMessage("name the article by article_url, article_external_id or article_id");
        RuleFor(c => c.ArticleUrl).Must(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            .When(c => c.ArticleUrl is not null).WithErrorCode(Problems.InvalidValue.Code).WithMessage("must be an absolute http or https address");
    }

    void Texts()
    {
        foreach (var rule in new[]
        {
            RuleFor(c => c.ExternalId), RuleFor(c => c.ArticleExternalId), RuleFor(c => c.ArticlePublisher), RuleFor(c => c.Recipient), RuleFor(c => c.Unit),
            RuleFor(c => c.Commitment), RuleFor(c => c.Delivery), RuleFor(c => c.Request), RuleFor(c => c.PartOf), RuleFor(c => c.Claimant),
            RuleFor(c => c.QuantityText), RuleFor(c => c.ArticleLanguage),
        }) AtMost(rule, Name);
        foreach (var rule in new[] { RuleFor(c => c.ArticleTitle), RuleFor(c => c.Condition) }) AtMost(rule, Title);
        AtMost(RuleFor(c => c.ArticleUrl), Address);
        foreach (var rule in new[] { RuleFor(c => c.Quote), RuleFor(c => c.QuotePrefix), RuleFor(c => c.QuoteSuffix), RuleFor(c => c.Note) }) AtMost(rule, Passage);
        RuleForEach(c => c.Donors).MaximumLength(Name).WithErrorCode(Problems.TooLong.Code);
        RuleForEach(c => c.Items).MaximumLength(Name).WithErrorCode(Problems.TooLong.Code);
    }

    static void AtMost(IRuleBuilder<ClaimRequest, string?> rule, int characters) =>
        rule.MaximumLength(characters).WithErrorCode(Problems.TooLong.Code).WithMessage("has {TotalLength} characters; the limit is {MaxLength}");

    void EnumWords()
    {
        RuleFor(c => c.Kind).NotNull().WithErrorCode(Problems.Required.Code).WithMessage("is needed: one of " + string.Join(", ", Words.All<ClaimKind>()));
        RuleFor(c => c.Kind).IsWord<ClaimRequest, ClaimKind>();
        RuleFor(c => c.Firmness).IsWord<ClaimRequest, Firmness>();
        RuleFor(c => c.QuantityQualifier).IsWord<ClaimRequest, QuantityQualifier>();
        RuleFor(c => c.QuantityBasis).IsWord<ClaimRequest, QuantityBasis>();
        RuleFor(c => c.Stage).IsWord<ClaimRequest, Stage>();
        RuleFor(c => c.Assessment).IsWord<ClaimRequest, AssessmentKind>();
        RuleFor(c => c.Attribution).IsWord<ClaimRequest, Attribution>();
        RuleFor(c => c.Rank).IsWord<ClaimRequest, Rank>();
    }

    void WhatAndWhom()
    {
        RuleFor(c => c.Donors).NotEmpty().When(c => c.Kind is "pledge" or "delivery")
            .WithErrorCode(Problems.Required.Code).WithMessage("is needed: at least one party that gives");
        RuleFor(c => c.Recipient).NotNull().When(c => AboutFacts.Contains(c.Kind)).WithErrorCode(Problems.Required.Code).WithMessage("is needed: the party that receives");
        RuleFor(c => c.Items).NotEmpty().When(c => AboutFacts.Contains(c.Kind)).WithErrorCode(Problems.Required.Code).WithMessage("is needed: at least one item");
        RuleFor(c => c.Commitment).NotNull().When(c => c.Kind is "amendment" or "cancellation")
            .WithErrorCode(Problems.Required.Code).WithMessage("is needed: the key of the commitment that changes");
        RuleFor(c => c.PartOf).NotEqual(c => c.Commitment).When(c => c.PartOf is not null)
            .WithErrorCode(Problems.Circular.Code).WithMessage("a commitment cannot be part of itself");
    }

    void Dates()
    {
        RuleFor(c => c.StatedOn).IsFuzzyDate();
        RuleFor(c => c.HappenedOn).IsFuzzyDate();
        RuleFor(c => c.DueOn).IsFuzzyDate();
        RuleFor(c => c.ArticlePublishedOn).IsFuzzyDate();
    }

    void Numbers()
    {
        RuleFor(c => c.Quantity).Must((c, _) => c.QuantityLow is null && c.QuantityHigh is null).When(c => c.Quantity is not null)
            .WithErrorCode(Problems.InvalidValue.Code).WithMessage("give quantity, or quantity_low and quantity_high, not both");
        RuleFor(c => c).Custom((claim, context) =>
        {
            if (claim.QuantityQualifier is { } word && !Words.TryParse<QuantityQualifier>(word, out _)) return;
            var qualifier = Words.Parse<QuantityQualifier>(claim.QuantityQualifier);
            if (global::Facts.Quantity.TryCreate(qualifier, claim.Low, claim.High, claim.QuantityText, claim.MayBeNegative, out _, out var errors)) return;
            foreach (var error in errors)
                context.AddFailure(new FluentValidation.Results.ValidationFailure(error.Member, error.Message) { ErrorCode = Problems.InvalidQuantity.Code });
        });
        RuleFor(c => c.QuantityBasis).Must((c, basis) => (basis, c.Kind) is ("increment", _) or ("cumulative", "delivery") or ("remaining", "pledge") or ("total", "amendment"))
            .When(c => c.QuantityBasis is not null && Words.TryParse<QuantityBasis>(c.QuantityBasis, out _) && c.Kind is not null)
            .WithErrorCode(Problems.InvalidValue.Code).WithMessage(c => $"{c.QuantityBasis} does not go with {c.Kind}: increment goes with every kind, cumulative with deliveries, remaining with pledges, total with amendments");
    }

    void KindsOwn()
    {
        OnlyWith(c => c.Firmness, "pledge", "amendment");
        OnlyWith(c => c.HappenedOn, "delivery");
        OnlyWith(c => c.Stage, "delivery");
        OnlyWith(c => c.Assessment, "assessment");
        RuleFor(c => c.OnHold).Null().When(c => c.Kind is not (null or "amendment"))
            .WithErrorCode(Problems.InvalidValue.Code).WithMessage(c => $"goes with amendment, not with {c.Kind}");
    }

    void OnlyWith(System.Linq.Expressions.Expression<Func<ClaimRequest, string?>> member, params string[] kinds) =>
        RuleFor(member).Null().When(c => c.Kind is not null && !kinds.Contains(c.Kind))
            .WithErrorCode(Problems.InvalidValue.Code).WithMessage(c => $"goes with {string.Join(" or ", kinds)}, not with {c.Kind}");
}
