using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.HostApp.Flow;

/// <summary>
/// Asks the organization's server over HTTP what the program needs before the rendezvous: who it is, and its terms.
/// Nothing of the customer goes with a request. Every trouble becomes a <see cref="Problem"/>. Thread-safe.
/// </summary>
/// <param name="http">A client that follows no redirects, keeps no cookies, and has a timeout and a size limit.</param>
/// <param name="time">This computer's clock, which is compared with the server's Date.</param>
internal sealed class ShopServer(HttpClient http, TimeProvider time)
{
    /// <summary>The longest answer, in bytes.</summary>
    public const int LargestAnswer = 512 * 1024;

    /// <summary>How long one answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int HashDigits = 64;
    private const int IdLimit = 32;

    /// <summary>Asks a typed address who it is. The document must name that very address as its origin.</summary>
    public async Task<Fetched<Organization>> FetchOrganizationAsync(ShopAddress address, CancellationToken cancellationToken)
    {
        var path = address.Slug is { } slug ? $"/o/{slug}/organization.json" : "/organization.json";
        var answer = await GetAsync(new Uri(address.Server, path), cancellationToken).ConfigureAwait(false);
        if (answer.Value is not { } bytes)
            return new Fetched<Organization>(null, answer.Problem, answer.Clocks);
        try
        {
            var document = OrganizationDocument.Open(bytes);
            return Uri.Compare(
                new Uri(document.Origin), address.Server, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.Ordinal) == 0
                ? new Fetched<Organization>(new Organization(document, Verified: false))
                : new Fetched<Organization>(null, Problem.Organization, answer.Clocks);
        }
        catch (Exception refused) when (refused is WireFormatException or HandshakeException)
        {
            return new Fetched<Organization>(null, Problem.Server, answer.Clocks);
        }
    }

    /// <summary>Gets the current terms and licence in this language, or in the first language there is.</summary>
    public async Task<Fetched<TermsText>> FetchTermsAsync(Organization organization, string language, CancellationToken cancellationToken)
    {
        var root = $"/o/{organization.Document.Slug}/";
        var overview = await GetAsync(new Uri(organization.Server, root + "terms"), cancellationToken).ConfigureAwait(false);
        if (overview.Value is not { } json)
            return new Fetched<TermsText>(null, overview.Problem, overview.Clocks);
        if (ReadOverview(json, language) is not { } chosen)
            return new Fetched<TermsText>(null, Problem.Terms, overview.Clocks);
        var place = $"/{chosen.Version}/{chosen.Language}";
        var terms = await GetAsync(new Uri(organization.Server, root + "terms" + place), cancellationToken).ConfigureAwait(false);
        var licence = await GetAsync(new Uri(organization.Server, root + "licence" + place), cancellationToken).ConfigureAwait(false);
        if (terms.Value is null || licence.Value is null)
            return new Fetched<TermsText>(null, terms.Value is null ? terms.Problem : licence.Problem, overview.Clocks);
        return ReadPart(terms.Value, chosen.TermsHash) is { } first && ReadPart(licence.Value, chosen.LicenceHash) is { } second
            ? new Fetched<TermsText>(new TermsText(chosen.Id, chosen.Version, chosen.Language, first, second))
            : new Fetched<TermsText>(null, Problem.Terms, overview.Clocks);
    }

    /// <summary>What an exception of the connection means for the person. Also for the rendezvous.</summary>
    public static Problem ProblemOf(Exception failure) => failure switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } => Problem.Proxy,
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => Problem.Proxy,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Problem.Tls,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError } => Problem.Network,
        HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } => Problem.Limited,
        { InnerException: HttpRequestException inner } => ProblemOf(inner),
        TaskCanceledException or TimeoutException => Problem.Network,
        _ => Problem.Server,
    };

    private async Task<Fetched<byte[]>> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(address, cancellationToken).ConfigureAwait(false);
            var clocks = answer.Headers.Date is { } date ? new Clocks(time.GetLocalNow(), date) : default;
            if (clocks.Differ)
                return new Fetched<byte[]>(null, Problem.Clock, clocks);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => new Fetched<byte[]>(
                    await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), Problem.Other, clocks),
                HttpStatusCode.NotFound => new Fetched<byte[]>(null, Problem.Organization, clocks),
                HttpStatusCode.TooManyRequests => new Fetched<byte[]>(null, Problem.Limited, clocks),
                HttpStatusCode.ProxyAuthenticationRequired => new Fetched<byte[]>(null, Problem.Proxy, clocks),
                _ => new Fetched<byte[]>(null, Problem.Server, clocks),
            };
        }
        catch (Exception failure) when (
            failure is HttpRequestException or IOException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Fetched<byte[]>(null, ProblemOf(failure));
        }
    }

    private static TermsPart? ReadPart(byte[] bytes, string hash) =>
        Convert.ToHexStringLower(SHA256.HashData(bytes)) == hash ? TermsPart.Read(bytes) : null;

    private static Chosen? ReadOverview(byte[] json, string language)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var (id, version) = (root.GetProperty("id").GetString(), root.GetProperty("version").GetString());
            var texts = root.GetProperty("texts").EnumerateArray().Select(text => new Chosen(
                id!,
                version!,
                text.GetProperty("language").GetString()!,
                text.GetProperty("termsHash").GetString()!,
                text.GetProperty("licenceHash").GetString()!)).ToList();
            var chosen = texts.Find(text => text.Language == language) ?? texts.FirstOrDefault();
            return chosen is not null && chosen.IsValid() ? chosen : null;
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed record Chosen(string Id, string Version, string Language, string TermsHash, string LicenceHash)
    {
        public bool IsValid() =>
            Id is { Length: > 0 and <= IdLimit } && IsWord(Version) && IsWord(Language)
            && TermsHash is { Length: HashDigits } && LicenceHash is { Length: HashDigits };

        // What becomes part of an address must be unable to lead anywhere else.
        private static bool IsWord(string text) =>
            text is { Length: > 0 and <= IdLimit } && text != ".." && text != "."
            && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_');
    }
}
