using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Articles;

/// <summary>An article as a caller sends it.</summary>
internal sealed class ArticleRequest
{
    /// <summary>The caller's own id. Identifies the article if given.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Address of the article. Identifies it if there is no external id.</summary>
    public string? Url { get; set; }

    /// <summary>Title of the article.</summary>
    public string? Title { get; set; }

    /// <summary>Publisher of the article.</summary>
    public string? Publisher { get; set; }

    /// <summary>Journalist or author of the article.</summary>
    public string? Author { get; set; }

    /// <summary>Publication date of the article (EDTF).</summary>
    public string? PublishedOn { get; set; }

    /// <summary>Time at which the caller retrieved the article, such as 2024-12-04T14:51:00Z.</summary>
    public string? RetrievedAt { get; set; }

    /// <summary>Language of the article.</summary>
    public string? Language { get; set; }

    public ArticleRow ToArticle()
    {
        var published = PublishedOn is { } text ? FuzzyDate.Parse(text) : null;
        return new()
        {
            ExternalId = ExternalId, Url = Url, Title = Title, Publisher = Publisher, Author = Author, Language = Language, RetrievedAt = RetrievedAt,
            PublishedOn = published?.Text, PublishedFrom = published?.From, PublishedTo = published?.To,
        };
    }
}

internal sealed class ArticleRequestValidator : AbstractValidator<ArticleRequest>
{
    public ArticleRequestValidator()
    {
        RuleFor(a => a.Url).Must((a, url) => url is not null || a.ExternalId is not null).As(Problems.Required).WithMessage("is needed, or an external_id");
        RuleFor(a => a.Url).AtMost(2_000).Must(IsAddress).As(Problems.InvalidValue).WithMessage("must be an absolute http or https address");
        RuleFor(a => a.ExternalId).AtMost(300);
        RuleFor(a => a.Title).AtMost(1_000);
        RuleFor(a => a.Publisher).AtMost(300);
        RuleFor(a => a.Author).AtMost(300);
        RuleFor(a => a.Language).AtMost(300);
        RuleFor(a => a.PublishedOn).IsFuzzyDate();
        RuleFor(a => a.RetrievedAt)
            .Must(text => text is null || DateTimeOffset.TryParse(text, null, System.Globalization.DateTimeStyles.AssumeUniversal, out _))
            .As(Problems.InvalidDate).WithMessage("must be an instant such as 2024-12-04T14:51:00Z");
    }

    static bool IsAddress(string? url) => url is null || Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
