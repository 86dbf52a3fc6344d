using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Articles;

/// <summary>An article as stored; the words are the wire's.</summary>
internal sealed class ArticleRow
{
    public long Id { get; set; }
    public string? ExternalId { get; set; }
    public string? Url { get; set; }
    public string? Title { get; set; }
    public string? Publisher { get; set; }
    public string? Author { get; set; }
    public string? PublishedOn { get; set; }
    public DateOnly? PublishedFrom { get; set; }
    public DateOnly? PublishedTo { get; set; }
    public string? RetrievedAt { get; set; }
    public string? Language { get; set; }
    public string Status { get; set; } = "active";

    /// <summary>From when on its claims do not count; null while they do.</summary>
    public DateTimeOffset? RetractedAt { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
    public long Version { get; set; } = 1;
}

internal sealed class ArticleTable : IEntityTypeConfiguration<ArticleRow>
{
    public void Configure(EntityTypeBuilder<ArticleRow> article)
    {
        article.ToTable("articles", table =>
        {
            table.HasCheckConstraint("article_is_identified", "external_id is not null or url is not null");
            table.HasCheckConstraint("article_status_is_known", FactsContext.OneOf<ArticleStatus>("status"));
        });
        article.Property(a => a.Id).UseIdentityByDefaultColumn();
        article.HasIndex(a => a.ExternalId).IsUnique();
        // Named, since two indexes of one column are one otherwise.
        article.HasIndex(a => a.Url, "alone").IsUnique().HasFilter("external_id is null").HasDatabaseName("ix_articles_url_alone");
        article.HasIndex(a => a.Url, "any").HasDatabaseName("ix_articles_url");
    }
}
