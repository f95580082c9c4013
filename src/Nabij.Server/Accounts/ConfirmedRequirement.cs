using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Nabij.Server.Accounts;

/// <summary>A risky act: the person must have proven by a second factor or a passkey, not long ago, to be there (security.md 5.1).</summary>
internal sealed class ConfirmedRequirement : IAuthorizationRequirement
{
    internal sealed class Handler(IOptions<SignInTimes> times, TimeProvider clock) : AuthorizationHandler<ConfirmedRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ConfirmedRequirement requirement)
        {
            if (SignedIn.From(context.User) is { } who && who.IsConfirmed(times.Value, clock))
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
