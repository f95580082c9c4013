using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts.Passkeys;

internal static class PasskeysFeature
{
    private const string Required = "required";

    internal static void AddPasskeys(this IServiceCollection services)
    {
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddScoped<PasskeyCeremonies>();
        services.AddScoped<PasskeyBook>();
        services.AddScoped<PasskeySteps>();
        services.AddScoped<OwnPasskeys>();
        services.AddScoped<LinkPasskey>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicOrigin, IOptions<SignInTimes>>(Configure);
    }

    /// <summary>The organization's one origin is all that counts, never the address that a request came in by (settled.md 3).</summary>
    private static void Configure(IdentityPasskeyOptions options, PublicOrigin origin, IOptions<SignInTimes> times)
    {
        options.ServerDomain = origin.Value.Host;
        options.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == origin.Value.Text);
        options.UserVerificationRequirement = Required;
        options.ResidentKeyRequirement = Required;
        options.AttestationConveyancePreference = "none";
        options.AuthenticatorTimeout = times.Value.PasskeyCeremony;
    }

    internal static void MapPasskeys(this WebApplication app)
    {
        app.MapSignInByPasskey();
        app.MapRecovery();
        app.MapOwnPasskeys();
    }

    /// <summary>Options as the browser's own reader takes them (WebAuthn 5.1.8).</summary>
    internal static IResult Options(string json) => Results.Content(json, "application/json");
}
