using Facts.Api.Articles;
using Facts.Api.Catalogue;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Claims;

internal sealed class ClaimTable : IEntityTypeConfiguration<ClaimRow>
{
    public void Configure(EntityTypeBuilder<ClaimRow> claim)
    {
        claim.ToTable("claims", table =>
        {
            table.HasCheckConstraint("claim_kind_is_known", FactsContext.OneOf<ClaimKind>("kind"));
            table.HasCheckConstraint("claim_firmness_is_known", FactsContext.OneOf<Firmness>("firmness"));
            table.HasCheckConstraint("claim_qualifier_is_known", FactsContext.OneOf<QuantityQualifier>("quantity_qualifier"));
            table.HasCheckConstraint("claim_basis_is_known", FactsContext.OneOf<QuantityBasis>("quantity_basis"));
            table.HasCheckConstraint("claim_stage_is_known", FactsContext.OneOf<Stage>("stage"));
            table.HasCheckConstraint("claim_assessment_is_known", FactsContext.OneOf<AssessmentKind>("assessment"));
            table.HasCheckConstraint("claim_attribution_is_known", FactsContext.OneOf<Attribution>("attribution"));
            table.HasCheckConstraint("claim_rank_is_known", FactsContext.OneOf<Rank>("rank"));
            table.HasCheckConstraint("claim_low_is_not_above_high", "quantity_low <= quantity_high");
            table.HasCheckConstraint("claim_is_superseded_after_it_was_recorded", "superseded_in <> recorded_in");
            table.HasCheckConstraint("claim_change_names_its_commitment", "kind not in ('amendment', 'cancellation') or commitment is not null");
        });
        claim.Property(c => c.Id).UseIdentityByDefaultColumn();
        claim.Property(c => c.QuantityLow).HasColumnType("numeric(20,4)");
        claim.Property(c => c.QuantityHigh).HasColumnType("numeric(20,4)");
        claim.HasOne<ArticleRow>().WithMany().HasForeignKey(c => c.ArticleId).OnDelete(DeleteBehavior.Restrict);
        claim.HasOne<PartyRow>().WithMany().HasForeignKey(c => c.Recipient).OnDelete(DeleteBehavior.Restrict);
        claim.HasIndex(c => new { c.ArticleId, c.ExternalId }).IsUnique().HasFilter("superseded_in is null").HasDatabaseName("ix_claims_current");
        // Withdrawn claims are few, and each row of a file looks for one.
        claim.HasIndex(c => new { c.ArticleId, c.ExternalId }, "withdrawn").HasFilter("superseded_in is not null and superseded_by is null")
            .HasDatabaseName("ix_claims_withdrawn");
        claim.HasIndex(c => c.Partition);
        claim.HasIndex(c => c.FirstEditionId).HasFilter("first_edition_id <> id");
        claim.HasIndex(c => c.SupersededIn).HasFilter("superseded_in is not null");
        claim.HasIndex(c => c.Commitment).HasFilter("commitment is not null");
        claim.HasIndex(c => c.Delivery).HasFilter("delivery is not null");
        claim.HasIndex(c => c.Request).HasFilter("request is not null");
        claim.HasIndex(c => c.PartOf).HasFilter("part_of is not null");
    }
}
