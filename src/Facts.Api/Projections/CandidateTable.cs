using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Projections;

internal sealed class CandidateTable : IEntityTypeConfiguration<CandidateRow>
{
    public void Configure(EntityTypeBuilder<CandidateRow> candidate)
    {
        candidate.ToTable("candidates");
        candidate.HasKey(c => c.Id);
        candidate.HasIndex(c => c.Partition);
        candidate.HasIndex(c => new { c.Recipient, c.Unit });
        candidate.HasIndex(c => c.Recipient).HasFilter("spans_totals").HasDatabaseName("ix_candidates_spanning");
    }
}
