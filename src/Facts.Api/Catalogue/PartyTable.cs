using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Catalogue;

internal sealed class PartyRow : ICatalogueRow
{
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public string Kind { get; set; } = "";
    public List<string> Aliases { get; set; } = [];
    public List<string> Members { get; set; } = [];
    public long Version { get; set; } = 1;
}

/// <summary>Every code, name and alias of a party, normalised; one party each, so that a look-up is never ambiguous.</summary>
internal sealed class PartyNameRow : ICatalogueName
{
    public string Name { get; set; } = "";
    public string Code { get; set; } = "";
}

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
