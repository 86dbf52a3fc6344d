using System.Diagnostics;
using Facts.Api.Changes;
using Facts.Api.Http;
using Microsoft.AspNetCore.Authentication;

namespace Facts.Api.Access;

/// <summary>
/// Refuses a request with an invalid key, also where reading is public, and a request beyond the rate limit. Then fills the audit context.
/// Runs after authentication, so that it can count by key, and before authorization.
/// </summary>
internal sealed class AdmissionMiddleware(RequestDelegate next, RateLimits limits)
{
    public async Task InvokeAsync(HttpContext http, AuditContext audit)
    {
        var caller = Principal.From(http.User);
        // The handler has authenticated the request already; this reads its result.
        var problem = (await http.AuthenticateAsync()).Failure is ProblemException failure ? failure.Problem
            : AccessExtensions.IsForData(http) ? limits.Refuse(http, caller) : null;
        if (problem is not null)
        {
            await problem.ExecuteAsync(http);
            return;
        }
        audit.Set(caller?.KeyId, caller?.Subject, Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier, http.Request.Method, http.Request.Path);
        await next(http);
    }
}
