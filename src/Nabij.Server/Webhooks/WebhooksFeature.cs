using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Nabij.Server.Accounts;
using Nabij.Server.Api;
using Nabij.Server.Web;
using Nabij.Server.Web.Outbound;

namespace Nabij.Server.Webhooks;

/// <summary>Tells other programs what happened: signed messages, an outbox in the database, attempts for a day (docs/api/README.md).</summary>
internal static class WebhooksFeature
{
    internal const string Path = $"{IntegrationFeature.Path}/webhooks";

    internal static void AddWebhooks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<WebhookSettings>().BindConfiguration(WebhookSettings.Section)
            .Validate(settings => PrivateNetworks.IsValid(settings.PrivateNetworks), "Webhooks:PrivateNetworks is not a list of networks such as 10.1.2.0/24, separated by \";\".").ValidateOnStart();
        services.AddSingleton(provider => new Reachable(PrivateNetworks.Read(provider.GetRequiredService<IOptions<WebhookSettings>>().Value.PrivateNetworks)));
        services.TryAddSingleton(new NameLookup(Dns.GetHostAddressesAsync));
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookPost>();
        services.AddSingleton<WebhookOutbox>();
        services.AddSingleton<WebhookAttempt>();
        services.AddSingleton<SessionNews>();
        services.AddSingleton<WaitingTold>();
        services.AddSingleton<WebhookSender>();
        services.AddHostedService<WebhookLoop>();
        services.AddScoped<WebhookActs>();
        services.AddScoped<WebhookReader>();
    }

    internal static void MapWebhooks(this WebApplication app)
    {
        var risky = app.MapGroup(Path).RequireAuthorization(Policies.Admin).RequireAuthorization(Policies.Confirmed);
        risky.MapMethods("/new", PageRoutes.Verbs, WebhookEndpoints.ShowNewAsync);
        risky.MapPost("", WebhookEndpoints.MakeAsync).WithMetadata(new ConfirmReturn($"{Path}/new"));
        var one = risky.MapGroup("/{id:guid}").WithMetadata(new ConfirmReturn($"{Path}/{{id}}"));
        one.MapMethods("", PageRoutes.Verbs, WebhookEndpoints.ShowAsync);
        one.MapPost("", WebhookEndpoints.ChangeAsync);
        one.MapPost("/on", WebhookEndpoints.SwitchOnAsync);
        one.MapPost("/off", WebhookEndpoints.SwitchOffAsync);
        one.MapPost("/secret", WebhookEndpoints.RenewAsync);
        one.MapPost("/test", WebhookEndpoints.TestAsync);
        one.MapPost("/messages/{delivery:guid}/resend", WebhookEndpoints.ResendAsync);
        one.MapPost("/remove", WebhookEndpoints.RemoveAsync);
    }
}
