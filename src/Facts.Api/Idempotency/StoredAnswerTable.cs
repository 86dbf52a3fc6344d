using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Idempotency;

internal sealed class StoredAnswerTable : IEntityTypeConfiguration<StoredAnswer>
{
    public void Configure(EntityTypeBuilder<StoredAnswer> answer)
    {
        answer.ToTable("idempotency_keys", table =>
        {
            table.HasCheckConstraint("idempotency_key_is_a_hash", "length(id) = 32 and length(request) = 32");
            table.HasCheckConstraint("idempotency_answer_is_good", "status between 200 and 299");
        });
        answer.HasKey(a => a.Id);
        answer.HasIndex(a => a.RecordedAt);
    }
}
