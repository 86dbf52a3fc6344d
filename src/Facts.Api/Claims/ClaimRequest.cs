using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Claims;

/// <summary>A claim as a caller sends it: one flat record. Which members it needs depends on its kind.</summary>
internal sealed class ClaimRequest
{
    /// <summary>
    /// The caller's own id, unique within the article. The same id with the same content changes nothing; with other content the new claim supersedes the
    /// old.
    /// </summary>
    public string? ExternalId { get; set; }

    /// <summary>Id of a stored article, in place of the other article members.</summary>
    public long? ArticleId { get; set; }

    /// <summary>Address of the article. Identifies it if there is no external id.</summary>
    public string? ArticleUrl { get; set; }

    /// <summary>The caller's own id of the article. Identifies it if given.</summary>
    public string? ArticleExternalId { get; set; }

    /// <summary>Title of the article, if it is new.</summary>
    public string? ArticleTitle { get; set; }

    /// <summary>Publisher of the article, if it is new.</summary>
    public string? ArticlePublisher { get; set; }

    /// <summary>Publication date of the article (EDTF), if it is new.</summary>
    public string? ArticlePublishedOn { get; set; }

    /// <summary>Language of the article, if it is new.</summary>
    public string? ArticleLanguage { get; set; }

    /// <summary>The event that the claim reports or announces.</summary>
    public string? Kind { get; set; }

    /// <summary>Binding force of a pledge; <c>pledged</c> when absent. Only for pledges.</summary>
    public string? Firmness { get; set; }

    /// <summary>Donors by code, name or alias; several give jointly. Of a request: the parties asked, possibly none.</summary>
    public List<string>? Donors { get; set; }

    /// <summary>Recipient by code, name or alias.</summary>
    public string? Recipient { get; set; }

    /// <summary>Items by code, name or alias; several mean any of them.</summary>
    public List<string>? Items { get; set; }

    /// <summary>Exact number, in place of the two bounds.</summary>
    public decimal? Quantity { get; set; }

    /// <summary>Lower bound, inclusive. Negative only in an amendment's increment.</summary>
    public decimal? QuantityLow { get; set; }

    /// <summary>Upper bound, inclusive; absent if there is none. Negative only in an amendment's increment.</summary>
    public decimal? QuantityHigh { get; set; }

    /// <summary>Precision of the number as reported. If absent, it follows from the numbers: two different bounds are a range.</summary>
    public string? QuantityQualifier { get; set; }

    /// <summary>The thing that the number counts; <c>increment</c> if absent.</summary>
    public string? QuantityBasis { get; set; }

    /// <summary>The source's words for the number: <c>a dozen or so</c>.</summary>
    public string? QuantityText { get; set; }

    /// <summary>Unit counted; if absent, the item's usual unit.</summary>
    public string? Unit { get; set; }

    /// <summary>Date of the statement (EDTF); if absent, the article's date.</summary>
    public string? StatedOn { get; set; }

    /// <summary>Day on which a delivery reached its stage (EDTF). If absent, on or before the article's date. Only for deliveries.</summary>
    public string? HappenedOn { get; set; }

    /// <summary>Deadline of a commitment (EDTF).</summary>
    public string? DueOn { get; set; }

    /// <summary>Stage that a delivery has reached; <c>arrived</c> if absent. Only for deliveries.</summary>
    public string? Stage { get; set; }

    /// <summary>Condition on which a pledge depends.</summary>
    public string? Condition { get; set; }

    /// <summary>True if the condition is met.</summary>
    public bool? ConditionMet { get; set; }

    /// <summary>Tells if an amendment suspends deliveries (true) or resumes them (false). Only for amendments.</summary>
    public bool? OnHold { get; set; }

    /// <summary>Key of the commitment that the claim is about, or that a delivery fulfils: a text that the caller chooses.</summary>
    public string? Commitment { get; set; }

    /// <summary>Key of the delivery that the claim is about.</summary>
    public string? Delivery { get; set; }

    /// <summary>Key of the request that the claim is about.</summary>
    public string? Request { get; set; }

    /// <summary>Verdict of an assessment. Only for assessments.</summary>
    public string? Assessment { get; set; }

    /// <summary>Key of the larger commitment that contains this one.</summary>
    public string? PartOf { get; set; }

    /// <summary>The exact passage of the article; in square brackets if it is in other words.</summary>
    public string? Quote { get; set; }

    /// <summary>Text before the quote.</summary>
    public string? QuotePrefix { get; set; }

    /// <summary>Text after the quote.</summary>
    public string? QuoteSuffix { get; set; }

    /// <summary>Person or body that makes the claim.</summary>
    public string? Claimant { get; set; }

    /// <summary>The way in which the article identifies the claimant.</summary>
    public string? Attribution { get; set; }

    /// <summary>Rank that an editor gives the claim; <c>normal</c> if absent.</summary>
    public string? Rank { get; set; }

    /// <summary>A note of the caller about the claim.</summary>
    public string? Note { get; set; }

    /// <summary>Lower bound of the number: <c>quantity_low</c>, or a bare <c>quantity</c>.</summary>
    [JsonIgnore]
    public decimal? Low => QuantityLow ?? Quantity;

    /// <summary>Upper bound of the number: <c>quantity_high</c>, or a bare <c>quantity</c>.</summary>
    [JsonIgnore]
    public decimal? High => QuantityHigh ?? Quantity;

    [JsonIgnore]
    public QuantityBasis Basis => EnumWords.Parse<QuantityBasis>(QuantityBasis) ?? Facts.QuantityBasis.Increment;

    /// <summary>The quantity of a validated claim.</summary>
    public Quantity ToQuantity() =>
        Facts.Quantity.TryCreate(EnumWords.Parse<QuantityQualifier>(QuantityQualifier), Low, High, QuantityText, MayBeNegative, out var quantity, out _)
            ? quantity
            : throw new InvalidOperationException("Called before validation.");

    [JsonIgnore]
    public bool MayBeNegative => Kind == "amendment" && QuantityBasis is null or "increment";
}

internal sealed class ClaimRequestValidator : CheckedValidator<ClaimRequest>
{
    const int Name = 300, Title = 1_000, Passage = 10_000, Address = 2_000;

    public ClaimRequestValidator()
    {
        Identity();
        Texts();
        KnownWords();
        Subject();
        Dates();
        Numbers();
        MembersOfKinds();
    }

    void Identity()
    {
        RuleFor(c => c.ArticleUrl, c => c.ArticleId is not null || c.ArticleUrl is not null || c.ArticleExternalId is not null)
            .As(Problems.Required).WithMessage("name the article by article_url, article_external_id or article_id");
        RuleFor(c => c.ArticleUrl, c => c.ArticleUrl is not { } url || Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            .As(Problems.InvalidValue).WithMessage("must be an absolute http or https address");
    }

    void Texts()
    {
        foreach (var name in new Expression<Func<ClaimRequest, string?>>[]
        {
            c => c.ExternalId, c => c.ArticleExternalId, c => c.ArticlePublisher, c => c.Recipient, c => c.Unit, c => c.Commitment, c => c.Delivery,
            c => c.Request, c => c.PartOf, c => c.Claimant, c => c.QuantityText, c => c.ArticleLanguage,
        }) Limit(name, Name);
        Limit(c => c.ArticleTitle, Title);
        Limit(c => c.Condition, Title);
        Limit(c => c.ArticleUrl, Address);
        foreach (var passage in new Expression<Func<ClaimRequest, string?>>[] { c => c.Quote, c => c.QuotePrefix, c => c.QuoteSuffix, c => c.Note })
            Limit(passage, Passage);
        LimitEach(c => c.Donors);
        LimitEach(c => c.Items);
    }

    // The message continues a column's name, as all messages about rows do: "quote has 10,001 characters".
    void Limit(Expression<Func<ClaimRequest, string?>> member, int characters)
    {
        var (rule, text) = (new LengthRule<ClaimRequest>(characters), member.Compile());
        RuleFor(member).SetValidator(rule).As(Problems.TooLong).WithMessage("has {TotalLength} characters; the limit is {MaxLength}");
        Check(c => rule.Fits(text(c)));
    }

    void LimitEach(Expression<Func<ClaimRequest, IEnumerable<string>?>> member)
    {
        var (rule, texts) = (new LengthRule<ClaimRequest>(Name), member.Compile());
        RuleForEach(member).SetValidator(rule).As(Problems.TooLong);
        Check(c => texts(c)?.All(rule.Fits) ?? true);
    }

    void KnownWords()
    {
        RuleFor(c => c.Kind).NotNull().As(Problems.Required).WithMessage("is needed: one of " + string.Join(", ", EnumWords.All<ClaimKind>()));
        Check(c => c.Kind is not null);
        Word<ClaimKind>(c => c.Kind);
        Word<Firmness>(c => c.Firmness);
        Word<QuantityQualifier>(c => c.QuantityQualifier);
        Word<QuantityBasis>(c => c.QuantityBasis);
        Word<Stage>(c => c.Stage);
        Word<AssessmentKind>(c => c.Assessment);
        Word<Attribution>(c => c.Attribution);
        Word<Rank>(c => c.Rank);
    }

    void Word<TEnum>(Expression<Func<ClaimRequest, string?>> member) where TEnum : struct, Enum
    {
        var word = member.Compile();
        RuleFor(member).IsWord<ClaimRequest, TEnum>();
        Check(c => word(c) is not { } given || EnumWords.TryParse<TEnum>(given, out _));
    }

    void Subject()
    {
        RuleFor(c => c.Donors, c => c.Kind is not ("pledge" or "delivery") || c.Donors is { Count: > 0 })
            .As(Problems.Required).WithMessage("is needed: at least one party that gives. For a donor whom the source does not name, "
                + "give a party that stands for it, such as 'Unnamed donor', which create_missing=true or create_missing=parties creates");
        RuleFor(c => c.Recipient, c => !IsAboutFact(c) || c.Recipient is not null)
            .As(Problems.Required).WithMessage("is needed: the party that receives");
        RuleFor(c => c.Items, c => !IsAboutFact(c) || c.Items is { Count: > 0 }).As(Problems.Required).WithMessage("is needed: at least one item");
        RuleFor(c => c.Commitment, c => c.Kind is not ("amendment" or "cancellation") || c.Commitment is not null)
            .As(Problems.Required).WithMessage("is needed: the key of the commitment that changes");
        RuleFor(c => c.PartOf, c => c.PartOf is null || c.PartOf != c.Commitment).As(Problems.Circular).WithMessage("a commitment cannot be part of itself");
    }

    static bool IsAboutFact(ClaimRequest claim) => claim.Kind is "request" or "pledge" or "delivery";

    void Dates()
    {
        Date(c => c.StatedOn);
        Date(c => c.HappenedOn);
        Date(c => c.DueOn);
        Date(c => c.ArticlePublishedOn);
    }

    void Date(Expression<Func<ClaimRequest, string?>> member)
    {
        var date = member.Compile();
        RuleFor(member).IsFuzzyDate();
        Check(c => date(c) is not { } given || FuzzyDate.TryParse(given, out _, out _));
    }

    void Numbers()
    {
        RuleFor(c => c.Quantity, c => c.Quantity is null || c.QuantityLow is null && c.QuantityHigh is null)
            .As(Problems.InvalidValue).WithMessage("give quantity, or quantity_low and quantity_high, not both");
        RuleFor(c => c).Custom((claim, context) =>
        {
            // Errors name the member that was sent. A bare quantity is both bounds, and its error is reported once.
            foreach (var (member, message) in QuantityErrors(claim).Select(e => (claim.Quantity is null ? e.Member : "quantity", e.Message)).Distinct())
                context.AddFailure(new FluentValidation.Results.ValidationFailure(member, message, Sent(claim, member))
                {
                    ErrorCode = Problems.InvalidQuantity.Code,
                });
        });
        Check(c => QuantityErrors(c).Count == 0);
        RuleFor(c => c.QuantityBasis, c => !EnumWords.TryParse<QuantityBasis>(c.QuantityBasis, out _) || c.Kind is null
                || (c.QuantityBasis, c.Kind) is ("increment", _) or ("cumulative", "delivery") or ("remaining", "pledge") or ("total", "amendment"))
            .As(Problems.InvalidValue)
            .WithMessage(c => $"{c.QuantityBasis} does not go with {c.Kind}: increment goes with every kind, cumulative with deliveries, "
                + "remaining with pledges, total with amendments");
    }

    // None for an unknown qualifier, about which another rule complains.
    static IReadOnlyList<QuantityError> QuantityErrors(ClaimRequest claim) =>
        claim.QuantityQualifier is { } word && !EnumWords.TryParse<QuantityQualifier>(word, out _)
            || Quantity.TryCreate(EnumWords.Parse<QuantityQualifier>(claim.QuantityQualifier), claim.Low, claim.High, claim.QuantityText, claim.MayBeNegative,
                out _, out var errors)
            ? [] : errors;

    static object? Sent(ClaimRequest claim, string member) => member switch
    {
        "quantity" => claim.Quantity,
        "quantity_low" => claim.QuantityLow,
        "quantity_high" => claim.QuantityHigh,
        "quantity_qualifier" => claim.QuantityQualifier,
        _ => throw new ArgumentOutOfRangeException(nameof(member)),
    };

    void MembersOfKinds()
    {
        OnlyWith(c => c.Firmness, "pledge", "amendment");
        OnlyWith(c => c.HappenedOn, "delivery");
        OnlyWith(c => c.Stage, "delivery");
        OnlyWith(c => c.Assessment, "assessment");
        RuleFor(c => c.OnHold, c => c.OnHold is null || c.Kind is null or "amendment")
            .As(Problems.InvalidValue).WithMessage(c => $"goes with amendment, not with {c.Kind}");
    }

    void OnlyWith(Expression<Func<ClaimRequest, string?>> member, params string[] kinds)
    {
        var text = member.Compile();
        RuleFor(member, c => text(c) is null || c.Kind is null || kinds.Contains(c.Kind))
            .As(Problems.InvalidValue).WithMessage(c => $"goes with {string.Join(" or ", kinds)}, not with {c.Kind}");
    }
}
