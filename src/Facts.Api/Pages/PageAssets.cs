using System.Security.Cryptography;

namespace Facts.Api.Pages;

/// <summary>The style and the script of the pages. Their addresses hold a hash of them, so that a browser keeps them while they do not change.</summary>
internal static class PageAssets
{
    static readonly Asset Style = Asset.Read("page.css", "text/css; charset=utf-8");

    static readonly Asset Script = Asset.Read("page.js", "text/javascript; charset=utf-8");

    public static string StyleAddress => Style.Address;

    public static string ScriptAddress => Script.Address;

    /// <summary>Changes with the style or the script, and with the build of the pages.</summary>
    public static string Version { get; } = Style.Hash + Script.Hash + typeof(PageAssets).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var asset in new[] { Style, Script })
            routes.MapGet("/assets/" + asset.Name, (HttpContext http) =>
            {
                http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Results.Bytes(asset.Bytes, asset.Type);
            }).ExcludeFromDescription();
    }

    sealed record Asset(string Name, string Type, byte[] Bytes, string Hash)
    {
        public string Address => $"/assets/{Name}?v={Hash}";

        public static Asset Read(string name, string type)
        {
            using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"Facts.Api.Pages.{name}")!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return new(name, type, bytes.ToArray(), Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()).AsSpan(0, 6)));
        }
    }
}
