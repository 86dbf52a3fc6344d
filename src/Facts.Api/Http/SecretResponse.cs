namespace Facts.Api.Http;

/// <summary>An answer with a secret in it, which is shown once: what is kept of it for those who send the request again.</summary>
internal static class SecretResponse
{
    static readonly object Kept = new();

    public static void Keep(HttpContext http, byte[] body) => http.Items[Kept] = body;

    /// <summary>What to keep in place of the answer; null where the answer itself may be kept.</summary>
    public static byte[]? BodyToStore(HttpContext http) => http.Items[Kept] as byte[];
}
