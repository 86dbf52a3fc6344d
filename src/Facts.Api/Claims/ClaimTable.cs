using Facts.Api.Articles;
using Facts.Api.Catalogue;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Claims;

/// <summary>A claim as stored: the wire record with its codes resolved, its dates' bounds beside their texts, and its record times.</summary>
internal sealed class ClaimRow
{
    public long Id { get; set; }

    /// <summary>Id of the first edition; its own where it is the first.</summary>
    public long FirstEditionId { get; set; }

    public long ArticleId { get; set; }
    public string ExternalId { get; set; } = "";
    public string Kind { get; set; } = "";
    public string? Firmness { get; set; }
    public List<string> Donors { get; set; } = [];
    public string? Recipient { get; set; }
    public List<string> Items { get; set; } = [];
    public string QuantityQualifier { get; set; } = "";
    public decimal? QuantityLow { get; set; }
    public decimal? QuantityHigh { get; set; }
    public string QuantityBasis { get; set; } = "";
    public string? QuantityText { get; set; }
    public string? Unit { get; set; }
    public string StatedOn { get; set; } = "";
    public DateOnly? StatedFrom { get; set; }
    public DateOnly? StatedTo { get; set; }
    public string? HappenedOn { get; set; }
    public DateOnly? HappenedFrom { get; set; }
    public DateOnly? HappenedTo { get; set; }
    public string? DueOn { get; set; }
    public DateOnly? DueFrom { get; set; }
    public DateOnly? DueTo { get; set; }
    public string? Stage { get; set; }
    public string? Condition { get; set; }
    public bool? ConditionMet { get; set; }
    public bool? OnHold { get; set; }
    public string? Commitment { get; set; }
    public string? Delivery { get; set; }
    public string? Request { get; set; }
    public string? Assessment { get; set; }
    public string? PartOf { get; set; }
    public string? Quote { get; set; }
    public string? QuotePrefix { get; set; }
    public string? QuoteSuffix { get; set; }
    public string? Claimant { get; set; }
    public string? Attribution { get; set; }
    public string Rank { get; set; } = "normal";
    public string? Note { get; set; }

    /// <summary>Fingerprint of what the loader sent: the same one again changes nothing.</summary>
    public string Content { get; set; } = "";

    /// <summary>The partition it counts in: claims of different ones never touch the same number unless a key ties them.</summary>
    public string Partition { get; set; } = "";

    /// <summary>The change that recorded it, which has the record time.</summary>
    public long RecordedIn { get; set; }

    /// <summary>The change from which on it does not count; null while it does.</summary>
    public long? SupersededIn { get; set; }

    /// <summary>The claim that took its place; null where it counts or was withdrawn.</summary>
    public long? SupersededBy { get; set; }

    public ClaimRow Copy() => (ClaimRow)MemberwiseClone();
}

/// <summary>That a key is named within a partition and in another too: the paths along which a change spreads beyond its own partition.</summary>
internal sealed class PartitionLinkRow
{
    public string Partition { get; set; } = "";
    public string Key { get; set; } = "";
}

internal sealed class ClaimTable : IEntityTypeConfiguration<ClaimRow>, IEntityTypeConfiguration<PartitionLinkRow>
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
        claim.HasIndex(c => c.Partition);
        claim.HasIndex(c => c.FirstEditionId).HasFilter("first_edition_id <> id");
        claim.HasIndex(c => c.SupersededIn).HasFilter("superseded_in is not null");
        claim.HasIndex(c => c.Commitment).HasFilter("commitment is not null");
        claim.HasIndex(c => c.Delivery).HasFilter("delivery is not null");
        claim.HasIndex(c => c.Request).HasFilter("request is not null");
        claim.HasIndex(c => c.PartOf).HasFilter("part_of is not null");
    }

    public void Configure(EntityTypeBuilder<PartitionLinkRow> tie)
    {
        tie.ToTable("partition_links");
        tie.HasKey(t => new { t.Partition, t.Key });
        tie.HasIndex(t => t.Key);
    }
}
