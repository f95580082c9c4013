// Where owners and administrators say who the organization is, how its pages look, what they say, when it is open and how
// long it keeps things. Who changes one of these proves first that it is really him or her.

using Nabij.Server.Accounts;
using Nabij.Server.Organizations.Logos;
using Nabij.Server.Web;

namespace Nabij.Server.Settings;

internal static class SettingsFeature
{
    internal const string Path = "/settings";

    /// <summary>What a form around a picture takes besides it.</summary>
    private const int FormBytes = 16 * 1024;

    internal static void AddSettings(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<SettingsActs>();
        builder.Services.AddSingleton<PackagedPrograms>();
    }

    internal static void MapSettings(this WebApplication app)
    {
        var group = app.MapGroup(Path).RequireAuthorization(Policies.Admin);
        group.MapMethods("/look/preview.css", PageRoutes.Verbs, LookEndpoints.Preview);
        var risky = group.MapGroup("").RequireAuthorization(Policies.Confirmed);

        risky.MapMethods("", PageRoutes.Verbs, DetailsEndpoints.ShowAsync);
        risky.MapPost("", DetailsEndpoints.ChangeAsync).WithMetadata(new ConfirmReturn(Path));

        var look = risky.MapGroup("/look").WithMetadata(new ConfirmReturn($"{Path}/look"));
        look.MapMethods("", PageRoutes.Verbs, LookEndpoints.ShowAsync);
        look.MapPost("", LookEndpoints.ChangeAsync);
        look.MapPost("/logo", LookEndpoints.ChangeLogoAsync).WithMetadata(new BodyLimit(LogoFile.MaximumBytes + FormBytes));
        look.MapPost("/logo/remove", LookEndpoints.RemoveLogoAsync);

        var texts = risky.MapGroup("/help-page").WithMetadata(new ConfirmReturn($"{Path}/help-page"));
        texts.MapMethods("", PageRoutes.Verbs, HelpTextEndpoints.ShowAsync);
        texts.MapPost("/{language}", HelpTextEndpoints.ChangeAsync);

        risky.MapMethods("/hours", PageRoutes.Verbs, HoursEndpoints.ShowAsync);
        risky.MapPost("/hours", HoursEndpoints.ChangeAsync).WithMetadata(new ConfirmReturn($"{Path}/hours"));
        risky.MapMethods("/keeping", PageRoutes.Verbs, KeepingEndpoints.ShowAsync);
        risky.MapPost("/keeping", KeepingEndpoints.ChangeAsync).WithMetadata(new ConfirmReturn($"{Path}/keeping"));
    }
}
