using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Projections;

internal sealed class DecisionTable : IEntityTypeConfiguration<DecisionRow>
{
    public void Configure(EntityTypeBuilder<DecisionRow> decision)
    {
        decision.ToTable("decisions", table =>
        {
            table.HasCheckConstraint("decision_is_known", FactsContext.OneOf<DecisionKind>("decision"));
            table.HasCheckConstraint("decision_rank_is_known", FactsContext.OneOf<Rank>("rank"));
            table.HasCheckConstraint("decision_is_whole",
                "decision = 'rank' and b is null and rank is not null and rank_before is not null "
                + "or decision <> 'rank' and b is not null and rank is null and rank_before is null");
        });
        decision.Property(d => d.Id).UseIdentityByDefaultColumn();
        decision.HasIndex(d => d.A);
    }
}
