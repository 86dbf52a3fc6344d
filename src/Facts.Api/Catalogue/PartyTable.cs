using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Catalogue;

internal sealed class PartyTable : IEntityTypeConfiguration<PartyRow>, IEntityTypeConfiguration<PartyNameRow>
{
    public void Configure(EntityTypeBuilder<PartyRow> party)
    {
        party.ToTable("parties", table => table.HasCheckConstraint("party_kind_is_known", FactsContext.OneOf<PartyKind>("kind")));
        party.HasKey(p => p.Code);
    }

    public void Configure(EntityTypeBuilder<PartyNameRow> name)
    {
        name.ToTable("party_names");
        name.HasKey(n => n.Name);
        name.HasOne<PartyRow>().WithMany().HasForeignKey(n => n.Code).OnDelete(DeleteBehavior.Cascade);
    }
}
