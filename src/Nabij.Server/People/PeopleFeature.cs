using Nabij.Server.Accounts;
using Nabij.Server.Web;

namespace Nabij.Server.People;

/// <summary>Where owners and administrators say who works here and what each may do.</summary>
internal static class PeopleFeature
{
    internal const string Path = "/people";

    internal static void AddPeople(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<PeopleActs>();
        builder.Services.AddScoped<PeopleReader>();
        builder.Services.AddScoped<LimitsActs>();
        builder.Services.AddScoped<WaysActs>();
    }

    internal static void MapPeople(this WebApplication app)
    {
        var group = app.MapGroup(Path).RequireAuthorization(Policies.Admin);
        group.MapMethods("", PageRoutes.Verbs, PeopleEndpoints.ListAsync);
        var risky = group.MapGroup("").RequireAuthorization(Policies.Confirmed);
        risky.MapMethods("/new", PageRoutes.Verbs, PeopleEndpoints.ShowNewAsync);
        risky.MapPost("", PeopleEndpoints.InviteAsync).WithMetadata(new ConfirmReturn($"{Path}/new"));

        risky.MapPost("/wrong-codes/release", PeopleEndpoints.ReleaseAsync).WithMetadata(new ConfirmReturn(Path));

        // For everybody, owners among them: an administrator must not be able to shut them out.
        var everybody = risky.MapGroup("/limits").RequireAuthorization(Policies.Owner).WithMetadata(new ConfirmReturn($"{Path}/limits"));
        everybody.MapMethods("", PageRoutes.Verbs, LimitsEndpoints.ShowAsync);
        everybody.MapPost("", LimitsEndpoints.ChangeAsync);

        var ways = risky.MapGroup("/ways").RequireAuthorization(Policies.Owner).WithMetadata(new ConfirmReturn(WaysEndpoints.Path));
        ways.MapMethods("", PageRoutes.Verbs, WaysEndpoints.ShowAsync);
        ways.MapPost("/passwords", WaysEndpoints.SwitchPasswordsAsync);
        ways.MapPost("/provider", WaysEndpoints.ChangeProviderAsync);
        ways.MapPost("/provider/remove", WaysEndpoints.RemoveProviderAsync);

        var one = risky.MapGroup("/{id:guid}").WithMetadata(new ConfirmReturn($"{Path}/{{id}}"));
        one.MapMethods("", PageRoutes.Verbs, PersonEndpoints.ShowAsync);
        one.MapPost("", PersonEndpoints.ChangeAsync);
        one.MapPost("/off", PersonEndpoints.SwitchOffAsync);
        one.MapPost("/on", PersonEndpoints.SwitchOnAsync);
        one.MapPost("/link", PersonEndpoints.MakeLinkAsync);
        one.MapPost("/link/revoke", PersonEndpoints.RevokeLinkAsync);
        one.MapPost("/limits", PersonEndpoints.ChangeLimitsAsync);
        one.MapPost("/release", PersonEndpoints.ReleaseAsync);
        one.MapPost("/sign-ins/end", PersonEndpoints.EndSignInsAsync);
    }
}
