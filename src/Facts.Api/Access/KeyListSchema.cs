using Facts.Api.Http;

namespace Facts.Api.Access;

/// <summary>The columns of keys.</summary>
internal static class KeyListSchema
{
    public static readonly ListSchema<KeyRow> Fields = new ListSchema<KeyRow>("Key")
        .Id("id", k => k.Id, "Number of the key.")
        .Field("name", k => k.Name, "Purpose of the key: the person or program that uses it.")
        .Field("scopes", k => k.Scopes, "Scopes of the key: the rights that it gives.", words: EnumWords.All<KeyScope>())
        .Field("created_at", k => k.CreatedAt, "Moment at which the key was made (UTC).")
        .Field("last_used_at", k => k.LastUsedAt, "Moment of the last use (UTC), to the hour; null if the key was never used.")
        .Field("expires_on", k => k.ExpiresOn, "Last day on which the key is valid (UTC), inclusive; null if it does not expire.")
        .Field("revoked_at", k => k.RevokedAt, "Moment at which the key was revoked (UTC); null if it was not.")
        .Embed<string>("key", "The key itself, only in the answer that makes it. Store it: it is shown once.", isOffered: false);
}
