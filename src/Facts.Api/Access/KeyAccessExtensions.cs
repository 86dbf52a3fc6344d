namespace Facts.Api.Access;

internal static class KeyAccessExtensions
{
    /// <summary>401 without a key, 403 with one that has another scope.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, KeyScope scope) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ScopeRequired(scope));
}
