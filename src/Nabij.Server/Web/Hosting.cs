// Makes the web host: where it listens, with which certificate, and where its files are. Kestrel's limits are here too.

using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Nabij.Server.Commands;

namespace Nabij.Server.Web;

internal static class Hosting
{
    /// <summary>Largest body of a request; uploads of sessions never pass here (security.md 5.5).</summary>
    internal const int MaximumBodyBytes = 64 * 1024;

    private const int MaximumHeaderBytes = 16 * 1024;

    private const int MaximumConnections = 20_000;

    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(15);

    internal static WebApplicationBuilder CreateBuilder(RunOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "nabij-server",
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.Configuration.AddJsonFile(options.DataFolder.SettingsFile, optional: true);
        builder.Configuration.AddEnvironmentVariables("NABIJ_");
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        LogFormat.Apply(builder);
        // The framework writes addresses of requests at Information; ours say what matters.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
        // A start that fails is told once and in words, by the command line. What is critical is a part that failed later and
        // takes the server down with it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        // The key ring lies in a folder of mode 0700, and our no-store is replaced by the framework's own no-store.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options));
        return builder;
    }

    /// <summary>What the server tells the first address that can be a browser's origin.</summary>
    internal static Origin? FindOrigin(RunOptions options, IEnumerable<string> boundAddresses)
    {
        var bound = boundAddresses.Select(address => new Uri(address.Replace("[::]", "[::1]", StringComparison.Ordinal)).Port).ToList();
        return options.Addresses.Select((address, i) => address.AsOrigin(address.Port != 0 ? address.Port : bound[Math.Min(i, bound.Count - 1)])).FirstOrDefault(origin => origin is not null);
    }

    private static void Configure(KestrelServerOptions kestrel, RunOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaximumHeaderBytes;
        kestrel.Limits.RequestHeadersTimeout = HeaderTimeout;
        kestrel.Limits.MaxConcurrentConnections = MaximumConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = MaximumConnections;

        (X509Certificate2, X509Certificate2Collection)? certificate = options.Addresses.Any(address => address.IsHttps) ? LoadCertificate(options) : null;
        foreach (var address in options.Addresses)
            Listen(kestrel, address, certificate);
    }

    private static (X509Certificate2 Certificate, X509Certificate2Collection Chain) LoadCertificate(RunOptions options) =>
        options.Certificate is { } given ? given.Load() : (SelfSigned.LoadOrCreate(options), []);

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, (X509Certificate2 Certificate, X509Certificate2Collection Chain)? tls)
    {
        void Use(ListenOptions listen)
        {
            // A WebSocket over HTTP/2 would share its connection, its windows and its stalls with everything else of the page.
            listen.Protocols = HttpProtocols.Http1;
            if (address.IsHttps && tls is { } given)
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = given.Certificate, ServerCertificateChain = given.Chain });
        }

        if (address.IsLocalhost)
            kestrel.ListenLocalhost(address.Port, Use);
        else if (address.Ip is { } ip)
            kestrel.Listen(new IPEndPoint(ip, address.Port), Use);
        else
            kestrel.ListenAnyIP(address.Port, Use);
    }
}
