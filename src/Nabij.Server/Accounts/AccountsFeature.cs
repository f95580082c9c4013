using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Nabij.Server.Accounts.Passkeys;
using Nabij.Server.Accounts.Provider;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts;

internal static class AccountsFeature
{
    internal const string SignInPath = "/sign-in";

    internal const string ReturnParameter = "return";

    /// <summary>OWASP's figure for PBKDF2 with SHA-512 (2023), twice Identity's default.</summary>
    private const int PasswordHashIterations = 210_000;

    internal const int MinimumPasswordLength = 12;

    internal static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddAccountStore();
        builder.Services.AddOptions<SignInTimes>().BindConfiguration(SignInTimes.Section)
            .Validate(SignInTimes.IsValid, "The section SignIn holds a time or a count outside its limits.").ValidateOnStart();
        builder.Services.AddSingleton<SignInTickets>();
        builder.Services.AddSingleton<SignInLockout>();
        builder.Services.AddSingleton<PasswordCheck>();
        builder.Services.AddScoped<SignInStage>();
        builder.Services.AddScoped<SecondFactor>();
        builder.Services.AddScoped<SignInSteps>();
        builder.Services.AddScoped<SignInFinish>();
        builder.Services.AddPasskeys();
        builder.Services.AddScoped<OwnEntry>();
        builder.Services.AddScoped<OwnAccountActs>();
        builder.Services.AddScoped<OwnAccountView.Reader>();
        builder.Services.AddHostedService<SignInWatch>();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie().AddProvider(builder);
        builder.Services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<SignInTickets, IOptions<SignInTimes>, CookieRules>(Configure);
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.Technician, policy => policy.RequireRole(Role.Technician))
            .AddPolicy(Policies.Admin, policy => policy.RequireRole(Role.Owner, Role.Admin))
            .AddPolicy(Policies.Owner, policy => policy.RequireRole(Role.Owner))
            .AddPolicy(Policies.Confirmed, policy => policy.RequireAuthenticatedUser().AddRequirements(new ConfirmedRequirement()));
        builder.Services.AddSingleton<IAuthorizationHandler, ConfirmedRequirement.Handler>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, ConfirmFirst>();
    }

    /// <summary>What making and checking accounts needs; also for commands that run without a web server.</summary>
    internal static void AddAccountStore(this IServiceCollection services)
    {
        services.AddIdentityCore<Account>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = "";
                options.Password.RequiredLength = MinimumPasswordLength;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredUniqueChars = 1;
            })
            .AddUserStore<AccountStore>()
            .AddPasswordValidator<CommonPasswordRule>();
        services.AddScoped<AccountRegistration>();
        services.AddScoped<AccountLinks>();
        services.AddSingleton<LiveSignIns>();
        services.AddSingleton<SignInBell>();
        services.AddSingleton<SignInEnding>();
        services.AddSingleton<SignInStanding>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordHashIterations);
    }

    internal static void MapAccounts(this WebApplication app)
    {
        app.MapSignIn();
        app.MapInvitation();
        app.MapConfirm();
        app.MapOwnAccount();
        app.MapPasskeys();
        app.MapProvider();
        app.MapPost("/sign-out", SignInEndpoints.SignOutAsync).RequireAuthorization();
    }

    private static void Configure(CookieAuthenticationOptions options, SignInTickets tickets, IOptions<SignInTimes> times, CookieRules cookies)
    {
        cookies.Apply(options.Cookie, "nabij", SameSiteMode.Strict);
        options.SessionStore = tickets;
        options.ExpireTimeSpan = times.Value.Absolute;
        options.SlidingExpiration = false;
        options.LoginPath = SignInPath;
        options.ReturnUrlParameter = ReturnParameter;
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    /// <summary>A page leads to the sign-in; a script or a socket gets the plain status.</summary>
    private static Task Answer(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        var isPage = (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) && !context.HttpContext.WebSockets.IsWebSocketRequest &&
            context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        if (isPage && status == StatusCodes.Status401Unauthorized)
        {
            var language = context.Request.Query["lang"].ToString() is { Length: 2 } lang ? $"&lang={Uri.EscapeDataString(lang)}" : "";
            context.Response.Redirect($"{SignInPath}?{ReturnParameter}={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}{language}");
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }
}
