// Errors for people. A browser that asks for a page gets one in its language; everything else gets the bare status.

using Microsoft.AspNetCore.Diagnostics;
using Nabij.Server.Accounts;
using Nabij.Server.Api;
using Nabij.Server.Commands;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Web;

internal static partial class ErrorPages
{
    internal static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = HandleAsync, SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages(context => WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
    }

    private static Task HandleAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Nabij.Server.Web");
        var status = StatusCodes.Status500InternalServerError;
        if (FindBadRequest(exception) is { } bad)
        {
            status = bad.StatusCode;
        }
        else if (exception is not null && StorageProblem.Find(exception) is { } problem)
        {
            status = StatusCodes.Status503ServiceUnavailable;
            LogStorage(logger, problem.Name, problem.ForOperator);
        }
        else if (exception is OperatorException mend)
        {
            // A key that is missing, for one: the page says that it does not work now, the log what to do.
            status = StatusCodes.Status503ServiceUnavailable;
            LogOperator(logger, mend.Message);
        }
        else if (exception is not null)
        {
            LogFailure(logger, exception, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "no endpoint");
        }

        context.Response.StatusCode = status;
        return WriteAsync(context, status);
    }

    private static BadHttpRequestException? FindBadRequest(Exception? exception) =>
        exception is null or BadHttpRequestException ? exception as BadHttpRequestException : FindBadRequest(exception.InnerException);

    private static async Task WriteAsync(HttpContext context, int status)
    {
        if (ApiErrors.Concerns(context))
        {
            await ApiErrors.WriteAsync(context, status);
            return;
        }

        if (HttpMethods.IsHead(context.Request.Method) || !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            return;
        var organizations = context.RequestServices.GetRequiredService<OrganizationDirectory>();
        var organization = await FindOrganizationAsync(organizations, context);
        var page = context.RequestServices.GetRequiredService<PageContexts>().Create(context, organization, withForms: false);
        await page.Show<ErrorPage>(status, status).ExecuteAsync(context);
    }

    /// <summary>Whose page it is: of who is signed in, else the one that the address names. It must come even when the database is what failed.</summary>
    private static async Task<Organization?> FindOrganizationAsync(OrganizationDirectory organizations, HttpContext context)
    {
        var cancellation = context.RequestAborted;
        try
        {
            return (SignedIn.From(context.User) is { } who ? await organizations.FindAsync(who.OrganizationId, cancellation) : null)
                ?? (NamedBy(context.Request) is { } slug ? await organizations.FindAsync(slug, cancellation) : null)
                ?? await organizations.FindDefaultAsync(cancellation);
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is not null)
        {
            return null;
        }
    }

    private static string? NamedBy(HttpRequest request)
    {
        var slug = request.Path.Value?.Split('/') is ["", "o", { Length: > 0 } segment, ..] ? segment : request.Query[OrganizationEntry.ShopParameter].ToString();
        return OrganizationSlug.IsValid(slug) ? slug : null;
    }

    [LoggerMessage(1, LogLevel.Error, "{Method} {Endpoint} failed")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method, string endpoint);

    [LoggerMessage(3, LogLevel.Error, "Something that only the operator can mend: {Explanation}")]
    private static partial void LogOperator(ILogger logger, string explanation);

    [LoggerMessage(2, LogLevel.Error, "Storage problem {Name}: {Explanation}")]
    private static partial void LogStorage(ILogger logger, string name, string explanation);
}
