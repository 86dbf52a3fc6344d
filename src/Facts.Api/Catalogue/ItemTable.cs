using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Catalogue;

internal sealed class ItemTable : IEntityTypeConfiguration<ItemRow>, IEntityTypeConfiguration<ItemNameRow>
{
    public void Configure(EntityTypeBuilder<ItemRow> item)
    {
        item.ToTable("items", table => table.HasCheckConstraint("item_is_not_its_own_parent", "parent is distinct from code"));
        item.HasKey(i => i.Code);
        item.HasOne<ItemRow>().WithMany().HasForeignKey(i => i.Parent).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ItemNameRow> name)
    {
        name.ToTable("item_names");
        name.HasKey(n => n.Name);
        name.HasOne<ItemRow>().WithMany().HasForeignKey(n => n.Code).OnDelete(DeleteBehavior.Cascade);
    }
}
