using Microsoft.AspNetCore.Authorization;

namespace Facts.Api.Access;

/// <summary>Requires a scope of the caller's key or token.</summary>
internal sealed class ScopeRequirement(KeyScope scope) : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    public KeyScope Scope => scope;

    /// <summary>The paths that need the scope. Other paths need none.</summary>
    public PathString Below { get; init; } = "/";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        var isFree = context.Resource is HttpContext http && requirement.Below != "/" && !http.Request.Path.StartsWithSegments(requirement.Below);
        if (isFree || Principal.From(context.User)?.Scopes.Contains(requirement.Scope) == true) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
