// Options of `nabij-server run`, parsed and checked before anything is opened. Rules: settled.md 3 and 4.

using System.Net;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Commands;

internal sealed record RunOptions
{
    internal const string DefaultUrl = "http://localhost:5080";

    internal static readonly string[] Values =
        ["--urls", "--data", "--origin", "--certificate", "--certificate-key", "--certificate-password-file", "--key-ring-certificate", "--key-ring-certificate-password-file", "--behind-proxy", "--limit", .. DatabaseAddress.Values];

    internal required IReadOnlyList<ListenAddress> Addresses { get; init; }

    internal required DataFolder DataFolder { get; init; }

    /// <summary>Address of a PostgreSQL database as given; null for what the data folder says.</summary>
    internal string? Database { get; init; }

    /// <summary>The public origin as given, or null for the first address.</summary>
    internal Origin? Origin { get; init; }

    internal CertificateOptions? Certificate { get; init; }

    internal bool SelfSigned { get; init; }

    /// <summary>What seals the key ring: the first seals, all open. Empty for a ring in plain files.</summary>
    internal IReadOnlyList<CertificateOptions> KeyRingCertificates { get; init; } = [];

    /// <summary>Addresses of TLS proxies whose forwarded headers count. Empty: none do.</summary>
    internal IReadOnlyList<IPAddress> Proxies { get; init; } = [];

    /// <summary>Limits that differ from the normal ones, as `name=value,name=value`; checked where they are used.</summary>
    internal string Limits { get; init; } = "";

    internal static RunOptions Parse(string[] args)
    {
        var arguments = Arguments.Parse(args, Values, ["--self-signed"]);
        var options = new RunOptions
        {
            Addresses = [.. (arguments.Find("--urls") ?? DefaultUrl).Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ListenAddress.Parse)],
            DataFolder = new DataFolder(arguments.Require("--data")),
            Database = DatabaseAddress.From(arguments),
            Origin = arguments.Find("--origin") is { } origin ? Origin.Parse(origin) : null,
            Certificate = CertificateOptions.From(arguments),
            KeyRingCertificates = [.. (arguments.Find("--key-ring-certificate") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(file => new CertificateOptions(file, KeyFile: null, arguments.Find("--key-ring-certificate-password-file")))],
            SelfSigned = arguments.Has("--self-signed"),
            Limits = arguments.Find("--limit") ?? "",
            Proxies = [.. ParseProxies(arguments.Find("--behind-proxy"))],
        };
        options.Check();
        return options;
    }

    private void Check()
    {
        if (Addresses.Count == 0)
            throw OperatorException.Usage("--urls is empty. Give at least one address, for example --urls http://localhost:5080.");
        if (SelfSigned && Certificate is not null)
            throw OperatorException.Usage("Give either --certificate or --self-signed, not both.");

        foreach (var address in Addresses)
        {
            if (address.IsHttps && Certificate is null && !SelfSigned)
                throw OperatorException.Usage($"{address} needs a certificate: add --certificate FILE, or --self-signed for a first try.");
            if (!address.IsHttps && !address.IsLoopback && Proxies.Count == 0)
            {
                throw OperatorException.Usage(
                    $"{address} would send sessions of customers over the network without TLS. Use https:// with --certificate FILE " +
                    "(or --self-signed for a first try), or put a TLS proxy in front and name its address with --behind-proxy.");
            }
        }

        if (Origin is { IsHttps: false, IsLoopback: false })
            throw OperatorException.Usage($"--origin {Origin} must begin with https://, because browsers refuse the desk's encryption on plain http.");
    }

    private static IEnumerable<IPAddress> ParseProxies(string? value) =>
        (value ?? "").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text =>
            IPAddress.TryParse(text, out var address)
                ? address
                : throw OperatorException.Usage($"--behind-proxy {text} is not an IP address, such as 10.0.0.2."));
}
