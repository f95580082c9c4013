using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Nabij.Server.Web;

/// <summary>How many requests one address may make on pages that guessers and floods would use.</summary>
internal sealed class RateLimits
{
    internal const string Section = "RateLimits";

    /// <summary>Policy of sign-in and set-up pages.</summary>
    internal const string Accounts = "accounts";

    /// <summary>Policy of accepting the terms.</summary>
    internal const string Acceptance = "acceptance";

    /// <summary>Policy of the API, before anybody has looked at the token.</summary>
    internal const string Api = "api";

    /// <summary>Policy of asking to be called back.</summary>
    internal const string Callbacks = "callbacks";

    /// <summary>Policy of keeping pictures with a session.</summary>
    internal const string Pictures = "pictures";

    /// <summary>Policy of checking the whole audit log, which reads all of it.</summary>
    internal const string AuditChecks = "audit-checks";

    private const int IPv6PrefixBytes = 8;

    public int AccountsPerMinute { get; set; } = 60;

    public int AcceptancesPerMinute { get; set; } = 20;

    public int CallbacksPerHour { get; set; } = 10;

    /// <summary>Of one shop's technicians behind one address; four megabytes each at the most.</summary>
    public int PicturesPerMinute { get; set; } = 60;

    public int AuditChecksPerMinute { get; set; } = 6;

    public int ApiPerMinute { get; set; } = 600;

    /// <summary>Of one token, wherever it is used from.</summary>
    public int TokenPerMinute { get; set; } = 300;

    internal static bool IsValid(RateLimits limits) =>
        IsValid(limits.AccountsPerMinute) && IsValid(limits.AcceptancesPerMinute) && IsValid(limits.ApiPerMinute) && IsValid(limits.TokenPerMinute) && IsValid(limits.CallbacksPerHour) && IsValid(limits.PicturesPerMinute)
            && IsValid(limits.AuditChecksPerMinute);

    private static bool IsValid(int count) => count is > 0 and <= 100_000;

    internal void Apply(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(Accounts, context => PerAddress(context, (AccountsPerMinute, TimeSpan.FromMinutes(1))));
        options.AddPolicy(Acceptance, context => PerAddress(context, (AcceptancesPerMinute, TimeSpan.FromMinutes(1))));
        options.AddPolicy(Callbacks, context => PerAddress(context, (CallbacksPerHour, TimeSpan.FromHours(1))));
        options.AddPolicy(Pictures, context => PerAddress(context, (PicturesPerMinute, TimeSpan.FromMinutes(1))));
        options.AddPolicy(AuditChecks, context => PerAddress(context, (AuditChecksPerMinute, TimeSpan.FromMinutes(1))));
        options.AddPolicy(Api, context => PerAddress(context, (ApiPerMinute, TimeSpan.FromMinutes(1))));
    }

    private static RateLimitPartition<string> PerAddress(HttpContext context, (int Count, TimeSpan Window) most) =>
        RateLimitPartition.GetFixedWindowLimiter(AddressKey(context.Connection.RemoteIpAddress), _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = most.Count,
            Window = most.Window,
            QueueLimit = 0,
        });

    /// <summary>IPv4 by address, IPv6 by /64: a household has a whole /64.</summary>
    internal static string AddressKey(IPAddress? address) => address switch
    {
        null => "none",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, IPv6PrefixBytes)),
        _ => address.ToString(),
    };
}
