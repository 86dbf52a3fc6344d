using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Database;

internal sealed class DatasetTable : IEntityTypeConfiguration<DatasetRow>
{
    public void Configure(EntityTypeBuilder<DatasetRow> dataset)
    {
        dataset.ToTable("dataset", t => t.HasCheckConstraint("dataset_is_one_row", "id = 1"));
        dataset.HasKey(d => d.Id);
        dataset.Property(d => d.Id).ValueGeneratedNever();
        dataset.Property(d => d.Epoch).HasDefaultValueSql("gen_random_uuid()");
        dataset.HasData(new DatasetRow { Id = 1, Version = 0, RecordedAt = DateTimeOffset.UnixEpoch });
    }
}
