using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Projections;

internal sealed class FactTables :
    IEntityTypeConfiguration<RequestRow>, IEntityTypeConfiguration<CommitmentRow>, IEntityTypeConfiguration<DeliveryRow>, IEntityTypeConfiguration<LinkRow>
{
    public void Configure(EntityTypeBuilder<RequestRow> request) => Fact(request, "requests");

    public void Configure(EntityTypeBuilder<CommitmentRow> commitment)
    {
        Fact(commitment, "commitments");
        commitment.Property(c => c.Deadlines).HasColumnType("jsonb").HasDefaultValueSql("'[]'").HasConversion(
            deadlines => JsonSerializer.Serialize(deadlines, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<List<DeadlineRow>>(text, JsonSerializerOptions.Default)!,
            new ValueComparer<List<DeadlineRow>>((a, b) => a!.SequenceEqual(b!), deadlines => deadlines.Count, deadlines => deadlines.ToList()));
    }

    public void Configure(EntityTypeBuilder<DeliveryRow> delivery) => Fact(delivery, "deliveries");

    public void Configure(EntityTypeBuilder<LinkRow> link)
    {
        link.ToTable("links");
        link.HasKey(l => new { l.CommitmentId, l.DeliveryId, l.ValidFrom });
        link.HasIndex(l => l.DeliveryId);
        link.HasIndex(l => l.Partition);
        foreach (var amount in link.Metadata.GetProperties().Where(p => p.Name.StartsWith("Quantity", StringComparison.Ordinal)))
            amount.SetColumnType("numeric");
    }

    static void Fact<TRow>(EntityTypeBuilder<TRow> fact, string table) where TRow : FactRow
    {
        fact.ToTable(table, t => t.HasCheckConstraint($"{table}_days_are_in_order", "valid_from < valid_to"));
        fact.HasKey(f => new { f.Id, f.ValidFrom });
        fact.HasIndex(f => new { f.Recipient, f.Unit, f.ValidTo });
        fact.HasIndex(f => f.Partition);
        fact.HasIndex(f => f.Key);
    }
}
