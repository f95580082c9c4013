// The server's table of contents: which command runs, and which features the web server is made of.
// A feature is a folder with AddX (services) and MapX (endpoints); what it needs at start is checked there.

using Nabij.Server.Accounts;
using Nabij.Server.Api;
using Nabij.Server.Audit;
using Nabij.Server.Callbacks;
using Nabij.Server.Commands;
using Nabij.Server.Desk;
using Nabij.Server.Downloads;
using Nabij.Server.Explained;
using Nabij.Server.HelpPage;
using Nabij.Server.Invitations;
using Nabij.Server.Organizations;
using Nabij.Server.Organizations.FirstRun;
using Nabij.Server.Pages;
using Nabij.Server.People;
using Nabij.Server.Pictures;
using Nabij.Server.Records;
using Nabij.Server.Rendezvous;
using Nabij.Server.SelfTest;
using Nabij.Server.Settings;
using Nabij.Server.Storage;
using Nabij.Server.Telemetry;
using Nabij.Server.Terms;
using Nabij.Server.Watch;
using Nabij.Server.Web;
using Nabij.Server.Webhooks;

namespace Nabij.Server;

internal static class Program
{
    internal static Task<int> Main(string[] args) =>
        CommandLine.RunAsync(args, new Terminal(Console.Out, Console.Error), CancellationToken.None);

    /// <summary>Builds the web server of an organization that is set up. Tests add their own clock and settings by <paramref name="adjust"/>.</summary>
    internal static WebApplication Build(RunOptions options, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = CreateBuilder(options);
        builder.AddPeople();
        builder.AddRecords();
        builder.AddHelpPage();
        builder.AddDownloads();
        builder.AddExplained();
        builder.AddRendezvous(options);
        builder.AddDeskApi();
        builder.AddPictures();
        builder.AddApi();
        builder.AddWebhooks();
        builder.AddTelemetry();
        builder.AddSelfTestPage();
        builder.AddSettings();
        builder.AddCallbacks();
        builder.AddInvitations();
        builder.AddWatch();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseTelemetry();
        app.UseWeb();
        app.MapHealth();
        app.MapOrganizations();
        app.MapTerms();
        app.MapHelpPage();
        app.MapDownloads();
        app.MapExplained();
        app.MapAccounts();
        app.MapPeople();
        app.MapRecords();
        app.MapDesk();
        app.MapRendezvous();
        app.MapWatch();
        app.MapDeskApi();
        app.MapPictures();
        app.MapApi();
        app.MapIntegration();
        app.MapWebhooks();
        app.MapSelfTest();
        app.MapSettings();
        app.MapTermsEditing();
        app.MapCallbacks();
        app.MapInvitations();
        return app;
    }

    /// <summary>Builds the small server that makes the first organization and ends (Organizations/FirstRun).</summary>
    internal static WebApplication BuildFirstRun(RunOptions options, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = CreateBuilder(options);
        builder.Services.AddFirstRun();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseWeb();
        app.MapHealth();
        app.MapFirstRun();
        return app;
    }

    private static WebApplicationBuilder CreateBuilder(RunOptions options)
    {
        var builder = Hosting.CreateBuilder(options);
        builder.AddWeb(options);
        builder.Services.AddStorage(options.DataFolder);
        builder.Services.AddAudit();
        builder.AddOrganizations(options);
        builder.Services.AddTerms();
        builder.AddAccounts();
        builder.AddPages();
        return builder;
    }
}
