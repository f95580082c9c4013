using System.Security.Cryptography;
using System.Text.Json;
using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.TestCustomer;

/// <summary>Fetches what the host asks before the rendezvous (docs/protocol/01): the organization's document, and the terms to accept.</summary>
internal sealed class OrganizationPages(HttpClient http, Options options, TimeProvider time)
{
    /// <summary>The document of the given file, or what the server says (tests only).</summary>
    public async Task<OrganizationDocument> FetchOrganizationAsync(CancellationToken cancellationToken)
    {
        var signed = options.OrganizationFile is { } file
            ? await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false)
            : await http.GetByteArrayAsync(Address("organization.json"), cancellationToken).ConfigureAwait(false);
        try
        {
            return OrganizationDocument.Open(signed);
        }
        catch (Exception refused) when (refused is WireFormatException or HandshakeException)
        {
            throw new InvalidDataException($"The organization document is not in order: {refused.Message}", refused);
        }
    }

    /// <summary>Accepts the current terms with all ticks and the backup answer yes, over the very bytes that the server serves.</summary>
    public async Task<ConsentRecord> AcceptTermsAsync(CancellationToken cancellationToken)
    {
        var overview = await http.GetByteArrayAsync(Address("terms"), cancellationToken).ConfigureAwait(false);
        using var json = JsonDocument.Parse(overview);
        var (id, version) = (Text(json.RootElement, "id"), Text(json.RootElement, "version"));
        var texts = json.RootElement.GetProperty("texts").EnumerateArray().ToList();
        var chosen = texts.Exists(IsOurs) ? texts.Find(IsOurs) : texts[0];
        var language = Text(chosen, "language");
        return new ConsentRecord
        {
            TermsId = id,
            TermsVersion = version,
            Language = language,
            TermsHash = await HashAsync($"terms/{version}/{language}", Text(chosen, "termsHash"), cancellationToken).ConfigureAwait(false),
            LicenceHash = await HashAsync($"licence/{version}/{language}", Text(chosen, "licenceHash"), cancellationToken).ConfigureAwait(false),
            Ticks = ConsentTicks.Terms | ConsentTicks.Licence,
            Backup = BackupAnswer.Yes,
            Time = (ulong)time.GetUtcNow().ToUnixTimeSeconds(),
        };
    }

    private async Task<byte[]> HashAsync(string path, string listed, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData(await http.GetByteArrayAsync(Address(path), cancellationToken).ConfigureAwait(false));
        if (Convert.ToHexStringLower(hash) != listed) throw new InvalidDataException($"The text at {path} is not the one that the server lists.");
        return hash;
    }

    private bool IsOurs(JsonElement text) => Text(text, "language") == options.Language;

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new InvalidDataException($"The terms lack {name}.");

    private Uri Address(string path) => new(options.Server, $"/o/{options.Organization}/{path}");
}
