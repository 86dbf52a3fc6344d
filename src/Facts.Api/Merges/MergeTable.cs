using Facts.Api.Claims;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Merges;

internal sealed class MergeTable : IEntityTypeConfiguration<MergeRow>, IEntityTypeConfiguration<MergedClaimRow>
{
    public void Configure(EntityTypeBuilder<MergeRow> merge)
    {
        merge.ToTable("merges", table => table.HasCheckConstraint("merge_kind_is_known", FactsContext.OneOf<MergeKind>("kind")));
        merge.Property(m => m.Id).UseIdentityByDefaultColumn();
        // An entry is merged once at a time.
        merge.HasIndex(m => new { m.Kind, m.Code }).IsUnique().HasFilter("undone_at is null");
    }

    public void Configure(EntityTypeBuilder<MergedClaimRow> claim)
    {
        claim.ToTable("merged_claims");
        claim.HasKey(c => new { c.MergeId, c.ClaimId });
        claim.HasIndex(c => c.ClaimId);
        claim.HasOne<MergeRow>().WithMany().HasForeignKey(c => c.MergeId).OnDelete(DeleteBehavior.Cascade);
        claim.HasOne<ClaimRow>().WithMany().HasForeignKey(c => c.ClaimId).OnDelete(DeleteBehavior.Cascade);
    }
}
