using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Articles;

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
        // Entity Framework takes two indexes of one column for one, unless they have names.
        article.HasIndex(a => a.Url, "alone").IsUnique().HasFilter("external_id is null").HasDatabaseName("ix_articles_url_alone");
        article.HasIndex(a => a.Url, "any").HasDatabaseName("ix_articles_url");
    }
}
