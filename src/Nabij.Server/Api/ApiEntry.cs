using Microsoft.Extensions.Options;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Api;

/// <summary>What every call passes after its token was accepted: the token's limit, its parameters, and whose rows it may see.</summary>
internal sealed class ApiEntry(IOptions<RateLimits> limits, TimeProvider clock)
{
    private readonly AttemptLimit _tokens = new([new AttemptWindow(limits.Value.TokenPerMinute, TimeSpan.FromMinutes(1))], clock);

    internal static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var context = call.HttpContext;
        var caller = TokenCaller.Of(context);
        if (!context.RequestServices.GetRequiredService<ApiEntry>()._tokens.TryCount(caller.TokenId.ToString(), out var wait))
            return ApiReply.Of(ApiProblem.TooMany, wait);
        var operation = context.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>() ?? throw new InvalidOperationException("An endpoint of the API without an operation.");
        foreach (var (name, values) in context.Request.Query)
        {
            if (!operation.Parameters.Contains(name))
                return ApiReply.Of(ApiProblem.InvalidParameter.Because("A parameter is not one of this call's."));
            if (values.Count != 1)
                return ApiReply.Of(ApiProblem.InvalidParameter.Because($"{name} is given more than once."));
        }

        context.RequestServices.GetRequiredService<OrganizationScope>().Enter(caller.OrganizationId);
        try
        {
            return await next(call);
        }
        catch (ApiRefusal refusal)
        {
            return ApiReply.Of(refusal.Problem);
        }
    }
}
