using System.Text.Json.Serialization;
using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Claims;

/// <summary>A claim as it is sent: one flat record, everything optional until the validator has seen it.</summary>
internal sealed class ClaimRequest
{
    /// <summary>The loader's own id, unique within the article. Sent again with the same content nothing happens; with other content the new claim supersedes the old.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Number of a stored article, in place of the other article members.</summary>
    public long? ArticleId { get; set; }

    /// <summary>Address of the article; names it where there is no external id.</summary>
    public string? ArticleUrl { get; set; }

    /// <summary>The loader's own id of the article; names it where it is given.</summary>
    public string? ArticleExternalId { get; set; }

    /// <summary>Title of the article, where it is new.</summary>
    public string? ArticleTitle { get; set; }

    /// <summary>Who published it, where it is new.</summary>
    public string? ArticlePublisher { get; set; }

    /// <summary>When it was published (EDTF), where it is new.</summary>
    public string? ArticlePublishedOn { get; set; }

    /// <summary>Its language, where it is new.</summary>
    public string? ArticleLanguage { get; set; }

    /// <summary>What it says happened or should happen.</summary>
    public string? Kind { get; set; }

    /// <summary>Of a pledge: how binding it is; <c>pledged</c> when absent.</summary>
    public string? Firmness { get; set; }

    /// <summary>Who gives, jointly where several: codes, names or aliases. Of a request: who is asked, may be empty.</summary>
    public List<string>? Donors { get; set; }

    /// <summary>Who receives: code, name or alias.</summary>
    public string? Recipient { get; set; }

    /// <summary>What, any of them where several: codes, names or aliases.</summary>
    public List<string>? Items { get; set; }

    /// <summary>An exact number, in place of the two bounds.</summary>
    public decimal? Quantity { get; set; }

    /// <summary>Least it can be. Below zero only in an amendment's increment.</summary>
    public decimal? QuantityLow { get; set; }

    /// <summary>Most it can be; absent for no bound. Below zero only in an amendment's increment.</summary>
    public decimal? QuantityHigh { get; set; }

    /// <summary>How the number was reported; when absent, the numbers say it.</summary>
    public string? QuantityQualifier { get; set; }

    /// <summary>What the number counts; <c>increment</c> when absent.</summary>
    public string? QuantityBasis { get; set; }

    /// <summary>The words of the source.</summary>
    public string? QuantityText { get; set; }

    /// <summary>What is counted; the usual one of the item when absent.</summary>
    public string? Unit { get; set; }

    /// <summary>When it was said (EDTF); the article's date when absent.</summary>
    public string? StatedOn { get; set; }

    /// <summary>Of a delivery: when it took place (EDTF); on or before the article's date when absent.</summary>
    public string? HappenedOn { get; set; }

    /// <summary>Deadline of a commitment (EDTF).</summary>
    public string? DueOn { get; set; }

    /// <summary>Of a delivery: how far it has come; <c>arrived</c> when absent.</summary>
    public string? Stage { get; set; }

    /// <summary>A condition that is not met yet.</summary>
    public string? Condition { get; set; }

    /// <summary>Whether the condition is met.</summary>
    public bool? ConditionMet { get; set; }

    /// <summary>In an amendment: deliveries suspended (true) or resumed (false).</summary>
    public bool? OnHold { get; set; }

    /// <summary>Key of the commitment it is about, or that a delivery fulfils: a text that the loader chooses.</summary>
    public string? Commitment { get; set; }

    /// <summary>Key of the delivery it is about.</summary>
    public string? Delivery { get; set; }

    /// <summary>Key of the request it is about.</summary>
    public string? Request { get; set; }

    /// <summary>Of an assessment: what it says.</summary>
    public string? Assessment { get; set; }

    /// <summary>Key of the larger commitment that this one is inside.</summary>
    public string? PartOf { get; set; }

    /// <summary>The exact passage.</summary>
    public string? Quote { get; set; }

    /// <summary>What stands before it.</summary>
    public string? QuotePrefix { get; set; }

    /// <summary>What stands after it.</summary>
    public string? QuoteSuffix { get; set; }

    /// <summary>Who says so.</summary>
    public string? Claimant { get; set; }

    /// <summary>How the claimant is named.</summary>
    public string? Attribution { get; set; }

    /// <summary>An editor's word on it; <c>normal</c> when absent.</summary>
    public string? Rank { get; set; }

    /// <summary>Free text.</summary>
    public string? Note { get; set; }

    /// <summary>The least the source's number can be: a bare <c>quantity</c> is both.</summary>
    [JsonIgnore]
    public decimal? Low => QuantityLow ?? Quantity;

    [JsonIgnore]
    public decimal? High => QuantityHigh ?? Quantity;

    [JsonIgnore]
    public QuantityBasis Basis => EnumWords.Parse<QuantityBasis>(QuantityBasis) ?? Facts.QuantityBasis.Increment;

    /// <summary>The number, once the validator has found it right.</summary>
    public Quantity ToQuantity() =>
        Facts.Quantity.TryCreate(EnumWords.Parse<QuantityQualifier>(QuantityQualifier), Low, High, QuantityText, MayBeNegative, out var quantity, out _)
            ? quantity
            : throw new InvalidOperationException("Called before validation.");

    [JsonIgnore]
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
        KnownWords();
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

    void KnownWords()
    {
        RuleFor(c => c.Kind).NotNull().WithErrorCode(Problems.Required.Code).WithMessage("is needed: one of " + string.Join(", ", EnumWords.All<ClaimKind>()));
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
            if (claim.QuantityQualifier is { } word && !EnumWords.TryParse<QuantityQualifier>(word, out _)) return;
            var qualifier = EnumWords.Parse<QuantityQualifier>(claim.QuantityQualifier);
            if (global::Facts.Quantity.TryCreate(qualifier, claim.Low, claim.High, claim.QuantityText, claim.MayBeNegative, out _, out var errors)) return;
            // Told of the member that was sent: a bare quantity is both bounds, and wrong once.
            foreach (var (member, message) in errors.Select(e => (claim.Quantity is null ? e.Member : "quantity", e.Message)).Distinct())
                context.AddFailure(new FluentValidation.Results.ValidationFailure(member, message, Sent(claim, member)) { ErrorCode = Problems.InvalidQuantity.Code });
        });
        RuleFor(c => c.QuantityBasis).Must((c, basis) => (basis, c.Kind) is ("increment", _) or ("cumulative", "delivery") or ("remaining", "pledge") or ("total", "amendment"))
            .When(c => c.QuantityBasis is not null && EnumWords.TryParse<QuantityBasis>(c.QuantityBasis, out _) && c.Kind is not null)
            .WithErrorCode(Problems.InvalidValue.Code).WithMessage(c => $"{c.QuantityBasis} does not go with {c.Kind}: increment goes with every kind, cumulative with deliveries, remaining with pledges, total with amendments");
    }

    static object? Sent(ClaimRequest claim, string member) => member switch
    {
        "quantity" => claim.Quantity,
        "quantity_low" => claim.QuantityLow,
        "quantity_high" => claim.QuantityHigh,
        "quantity_qualifier" => claim.QuantityQualifier,
        _ => throw new ArgumentOutOfRangeException(nameof(member)),
    };

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
