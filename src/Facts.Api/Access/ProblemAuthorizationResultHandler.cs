using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Facts.Api.Access;

/// <summary>Answers a refused authorization with a problem (RFC 9457) that names the missing scope.</summary>
internal sealed class ProblemAuthorizationResultHandler : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext http, AuthorizationPolicy policy, PolicyAuthorizationResult result) =>
        result.Succeeded ? next(http) : ScopeRefusal.ForEndpoint(http, policy.Requirements.OfType<ScopeRequirement>().First().Scope).ExecuteAsync(http);
}
