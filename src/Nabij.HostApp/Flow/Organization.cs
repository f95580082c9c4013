using Nabij.HostApp.Texts;
using Nabij.Protocol.Organizations;

namespace Nabij.HostApp.Flow;

/// <summary>An organization's document and what the texts need of it.</summary>
/// <param name="Document">The document, its signature verified.</param>
/// <param name="Verified">Whether it came in the program's own file: not from an address that was typed, nor from an option.</param>
internal sealed record Organization(OrganizationDocument Document, bool Verified)
{
    /// <summary>The only place the program connects to: the document's origin, unless an option says otherwise, which only an organization that is not verified allows.</summary>
    public Uri Server { get; init; } = new(Document.Origin);

    public Shop Shop => new(
        PeerText.Name(Document.DisplayName),
        Document.Phone.Length == 0 ? null : PeerText.Name(Document.Phone),
        new ShopAddress(Server, null).Host,
        Verified)
    {
        Abuse = Document.AbuseContact.Length == 0 ? null : PeerText.Line(Document.AbuseContact, AbuseLimit),
    };

    // As many as its bytes.
    private const int AbuseLimit = 128;
}
