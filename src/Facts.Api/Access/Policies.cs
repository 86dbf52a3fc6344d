using Facts.Api.Http;

namespace Facts.Api.Access;

/// <summary>The authorization policies. There is one for each scope, and its name is the word of the scope, such as <c>edit</c>.</summary>
internal static class Policies
{
    /// <summary>The name of the policy that needs a scope.</summary>
    public static string For(KeyScope scope) => EnumWords.ToWord(scope);

    /// <summary>The scope that a policy needs.</summary>
    public static KeyScope ScopeOf(string policy) => EnumWords.Parse<KeyScope>(policy)!.Value;

    /// <summary>Lets only keys and tokens with a scope call an endpoint: 401 without a key, 403 with a key that lacks the scope.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, KeyScope scope) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(For(scope));
}
