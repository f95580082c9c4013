using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Nabij.Server.Pages;

namespace Nabij.Server.Accounts;

/// <summary>
/// When nothing but a fresh confirmation is missing, leads the person through it and back to the page; everything else is
/// refused as ever.
/// </summary>
internal sealed class ConfirmFirst : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _others = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var missing = authorizeResult.AuthorizationFailure?.FailedRequirements.ToList() ?? [];
        var onlyConfirmation = authorizeResult.Forbidden && missing.Count > 0 && missing.TrueForAll(one => one is ConfirmedRequirement);
        return onlyConfirmation && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            ? Found.At(ConfirmEndpoints.AddressFor(ReturnPath(context), context.Request.Query["lang"].ToString())).ExecuteAsync(context)
            : _others.HandleAsync(next, context, policy, authorizeResult);
    }

    /// <summary>What was sent with a form is not kept: the person is led back to the page that holds it.</summary>
    private static string ReturnPath(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            return context.Request.Path;
        var page = context.GetEndpoint()?.Metadata.GetMetadata<ConfirmReturn>()?.Page ?? "/";
        return page.Replace("{id}", context.Request.RouteValues["id"]?.ToString(), StringComparison.Ordinal);
    }
}

/// <summary>The page that holds the form of an unsafe endpoint; "{id}" stands for the route's value.</summary>
internal sealed record ConfirmReturn(string Page);
