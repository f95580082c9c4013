using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.HostApp.Flow;

/// <summary>
/// Asks the organization's server for what the program needs before the rendezvous (docs/protocol/01, "What the host
/// asks before"): who it is, and its terms. Nothing of the customer goes with a request. Thread-safe.
/// </summary>
/// <param name="http">Gives a client for a server's pages.</param>
/// <param name="time">This computer's clock, which is compared with the server's Date.</param>
internal sealed class ShopServer(Func<Uri, HttpClient> http, TimeProvider time)
{
    private const int LargestTerms = TermsPart.Limit;
    private const int LargestOverview = 64 * 1024;
    private const int HashDigits = 64;
    private const int IdLimit = 32;

    /// <summary>Asks a typed address who it is. The document must name that very address as its origin.</summary>
    public async Task<Fetched<Organization>> FetchOrganizationAsync(ShopAddress address, CancellationToken cancellationToken)
    {
        var path = address.Slug is { } slug ? $"/o/{slug}/organization.json" : "/organization.json";
        var answer = await GetAsync(address.Server, path, OrganizationDocument.LargestBytes, cancellationToken).ConfigureAwait(false);
        if (answer.Value is not { } bytes)
            return new Fetched<Organization>(null, answer.Trouble);
        try
        {
            var document = OrganizationDocument.Open(bytes);
            return Uri.Compare(
                new Uri(document.Origin), address.Server, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.Ordinal) == 0
                ? new Fetched<Organization>(new Organization(document, Verified: false))
                : Fetched<Organization>.Not(TroubleKind.Organization);
        }
        catch (Exception refused) when (refused is WireFormatException or HandshakeException)
        {
            return Fetched<Organization>.Not(TroubleKind.Server);
        }
    }

    /// <summary>
    /// The organization with the deny list that its server has signed since the program was made. Only that list is taken,
    /// only under a key that the program knows, and it only grows: a server can keep it back, but not shorten it.
    /// </summary>
    public async Task<Organization> RenewAsync(Organization organization, CancellationToken cancellationToken)
    {
        var own = organization.Document;
        var answer = await GetAsync(
            organization.Server, $"/o/{own.Slug}/organization.json", OrganizationDocument.LargestBytes, cancellationToken).ConfigureAwait(false);
        if (answer.Value is not { } bytes) return organization;
        try
        {
            var newer = OrganizationDocument.Open(bytes);
            var isOwn = newer.OrganizationId == own.OrganizationId && own.Keys.Any(key => key.Span.SequenceEqual(newer.Keys[0].Span));
            var added = newer.DeniedTechnicians.Where(id => !own.DeniedTechnicians.Any(known => known.Span.SequenceEqual(id.Span)));
            return isOwn ? organization with { Document = own with { DeniedTechnicians = [.. own.DeniedTechnicians, .. added] } } : organization;
        }
        catch (Exception refused) when (refused is WireFormatException or HandshakeException)
        {
            return organization;
        }
    }

    /// <summary>Gets the current terms and licence in this language, or in the first language there is.</summary>
    public async Task<Fetched<TermsText>> FetchTermsAsync(Organization organization, string language, CancellationToken cancellationToken)
    {
        var (server, root) = (organization.Server, $"/o/{organization.Document.Slug}/");
        var overview = await GetAsync(server, root + "terms", LargestOverview, cancellationToken).ConfigureAwait(false);
        if (overview.Value is not { } json)
            return new Fetched<TermsText>(null, overview.Trouble);
        if (ReadOverview(json, language) is not { } chosen)
            return Fetched<TermsText>.Not(TroubleKind.Terms);
        var place = $"/{chosen.Version}/{chosen.Language}";
        var terms = await GetAsync(server, root + "terms" + place, LargestTerms, cancellationToken).ConfigureAwait(false);
        var licence = await GetAsync(server, root + "licence" + place, LargestTerms, cancellationToken).ConfigureAwait(false);
        if (terms.Value is null || licence.Value is null)
            return new Fetched<TermsText>(null, terms.Trouble ?? licence.Trouble);
        return ReadPart(terms.Value, chosen.TermsHash) is { } first && ReadPart(licence.Value, chosen.LicenceHash) is { } second
            ? new Fetched<TermsText>(new TermsText(chosen.Id, chosen.Version, chosen.Language, first, second))
            : Fetched<TermsText>.Not(TroubleKind.Terms);
    }

    private async Task<Fetched<byte[]>> GetAsync(Uri server, string path, int limit, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http(server).GetAsync(
                new Uri(server, path), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (answer.Headers.Date is { } date && Trouble.OfClocks(time.GetLocalNow(), date) is { } clocks)
                return new Fetched<byte[]>(null, clocks);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => await ReadAsync(answer.Content, limit, cancellationToken).ConfigureAwait(false) is { } bytes
                    ? new Fetched<byte[]>(bytes)
                    : Fetched<byte[]>.Not(TroubleKind.Server),
                HttpStatusCode.NotFound => Fetched<byte[]>.Not(TroubleKind.Organization),
                HttpStatusCode.TooManyRequests => Fetched<byte[]>.Not(TroubleKind.Limited),
                HttpStatusCode.ProxyAuthenticationRequired => Fetched<byte[]>.Not(TroubleKind.Proxy),
                _ => Fetched<byte[]>.Not(TroubleKind.Server),
            };
        }
        catch (Exception failure) when (
            failure is HttpRequestException or IOException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Fetched<byte[]>(null, Trouble.Of(failure));
        }
    }

    // Null when there is more than the limit, whatever the server said about the length.
    private static async Task<byte[]?> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var bytes = new byte[limit + 1];
            var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return length > limit ? null : bytes[..length];
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
