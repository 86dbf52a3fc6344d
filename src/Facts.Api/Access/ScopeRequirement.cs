using Microsoft.AspNetCore.Authorization;

namespace Facts.Api.Access;

/// <summary>Requires a scope of the caller's key or token.</summary>
internal sealed class ScopeRequirement(KeyScope scope) : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    public KeyScope Scope => scope;

    /// <summary>True if only requests for data need the scope.</summary>
    public bool IsForDataOnly { get; init; }

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        var isFree = requirement.IsForDataOnly && context.Resource is HttpContext http && !AccessExtensions.IsForData(http);
        if (isFree || Principal.From(context.User)?.Scopes.Contains(requirement.Scope) == true) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
