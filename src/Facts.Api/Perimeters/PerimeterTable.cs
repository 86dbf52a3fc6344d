using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Perimeters;

internal sealed class PerimeterTable : IEntityTypeConfiguration<PerimeterRow>
{
    public void Configure(EntityTypeBuilder<PerimeterRow> perimeter)
    {
        perimeter.ToTable("perimeters", table => table.HasCheckConstraint("perimeter_code_is_a_slug", $"code ~ '{PerimeterRequestValidator.Code}'"));
        perimeter.HasKey(p => p.Code);
    }
}
