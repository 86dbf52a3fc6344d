using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Access;

/// <summary>Maps <see cref="KeyRow"/> to the table <c>keys</c>.</summary>
internal sealed class KeyTable : IEntityTypeConfiguration<KeyRow>
{
    public void Configure(EntityTypeBuilder<KeyRow> key)
    {
        key.ToTable("keys", table =>
        {
            table.HasCheckConstraint("key_is_a_hash", "length(sha256) = 32");
            table.HasCheckConstraint("key_scopes_are_known", $"scopes <@ array[{string.Join(", ", EnumWords.All<KeyScope>().Select(w => $"'{w}'"))}]");
        });
        key.Property(k => k.Id).UseIdentityByDefaultColumn();
        key.HasIndex(k => k.Sha256).IsUnique();
    }
}
