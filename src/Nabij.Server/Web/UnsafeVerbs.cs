using Microsoft.AspNetCore.Antiforgery;

namespace Nabij.Server.Web;

/// <summary>
/// Every POST, PUT, PATCH and DELETE needs a form token of ours and must come from a page of ours; there is no way to
/// forget it on a new endpoint. Forms carry the token as the field `antiforgery`, scripts as the header.
/// </summary>
internal sealed class UnsafeVerbs(RequestDelegate next, IAntiforgery antiforgery)
{
    internal const string Field = "antiforgery", Header = "X-Nabij-Antiforgery";

    public async Task InvokeAsync(HttpContext context)
    {
        if (IsSafe(context.Request.Method) || (IsOurs(context.Request) && (IsTokenOnly(context) || await HasTokenAsync(context))))
            await next(context);
        else
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    private static bool IsTokenOnly(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<TokenOnly>() is not null;

    /// <summary>A form that cannot be read, such as one with a null character, has none.</summary>
    private async Task<bool> HasTokenAsync(HttpContext context)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        catch (AntiforgeryValidationException unreadable) when (unreadable.InnerException is InvalidDataException)
        {
            return false;
        }
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsConnect(method);

    /// <summary>Browsers say where a request comes from; programs without that header pass on to the token.</summary>
    private static bool IsOurs(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
}
