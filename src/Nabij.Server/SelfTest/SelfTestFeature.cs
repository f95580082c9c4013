using System.Globalization;
using Microsoft.Extensions.Options;
using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.SelfTest;

/// <summary>The page on which owners and administrators see what is wrong with the server, in words and with what to do.</summary>
internal static class SelfTestFeature
{
    internal const string Path = "/checks";

    /// <summary>Long enough that a proxy which holds answers back is told from one that passes them on.</summary>
    private static readonly TimeSpan StreamPause = TimeSpan.FromMilliseconds(700);

    /// <summary>What the page and the command both need.</summary>
    internal static void AddSelfTest(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseCheck>();
        services.AddSingleton<MachineChecks>();
        services.AddSingleton<StoreChecks>();
        services.AddSingleton<AuditChecks>();
        services.AddSingleton(provider => new OrganizationChecks(
            provider.GetRequiredService<DatabaseSource>(), provider.GetRequiredService<DataFolder>(), provider.GetRequiredService<OrganizationDocuments>(),
            provider.GetRequiredService<AuditChecks>(), provider.GetService<IOptions<Retention>>()?.Value ?? new Retention(), provider.GetRequiredService<TimeProvider>()));
    }

    internal static void AddSelfTestPage(this WebApplicationBuilder builder)
    {
        builder.Services.AddSelfTest();
        builder.Services.AddSingleton<WebChecks>();
    }

    internal static void MapSelfTest(this WebApplication app)
    {
        var group = app.MapGroup(Path).RequireAuthorization(Policies.Admin);
        group.MapMethods("", PageRoutes.Verbs, ShowAsync);
        group.MapGet("/stream", StreamAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own)
    {
        var services = context.RequestServices;
        var page = await own.PageAsync(context);
        var (_, organization) = await own.EnterAsync(context);
        // Paths, the database's address and the disk are the operator's, whose organization was here first.
        var isOperator = organization.Id == (await services.GetRequiredService<OrganizationDirectory>().DefaultAsync(context.RequestAborted)).Id;
        List<Finding> findings =
        [
            .. isOperator ? services.GetRequiredService<MachineChecks>().Find() : [],
            .. isOperator ? await services.GetRequiredService<StoreChecks>().FindAsync(context.RequestAborted) : [],
            .. await services.GetRequiredService<WebChecks>().FindAsync(context, context.RequestAborted),
            .. await services.GetRequiredService<OrganizationChecks>().FindAsync(organization, context.RequestAborted),
        ];
        return page.Show<ChecksPage>(new ChecksView
        {
            Findings = [.. findings.OrderByDescending(finding => finding.Level)],
            Origin = services.GetRequiredService<PublicOrigin>().Value.Text,
        });
    }

    /// <summary>Two lines with a pause between them, the first with the server's time: the page's script sees whether a proxy passes them on at once.</summary>
    private static async Task StreamAsync(HttpContext context, TimeProvider clock)
    {
        context.Response.ContentType = "text/plain";
        await WriteAsync(clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        await Task.Delay(StreamPause, clock, context.RequestAborted);
        await WriteAsync("end");

        async Task WriteAsync(string line)
        {
            await context.Response.WriteAsync(line + "\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
