namespace Facts.Api.Http;

/// <summary>Replaces an answer that holds a secret by one without it, for the stored answer of an idempotent request. The secret is shown once.</summary>
internal static class SecretResponse
{
    static readonly object Kept = new();

    public static void Keep(HttpContext http, byte[] body) => http.Items[Kept] = body;

    /// <summary>The body to store instead of the answer; null if the answer itself may be stored.</summary>
    public static byte[]? BodyToStore(HttpContext http) => http.Items[Kept] as byte[];
}
