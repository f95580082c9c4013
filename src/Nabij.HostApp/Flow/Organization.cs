using Nabij.HostApp.Texts;
using Nabij.Protocol.Organizations;

namespace Nabij.HostApp.Flow;

/// <summary>An organization's document and what the texts need of it.</summary>
/// <param name="Document">The document, its signature verified.</param>
/// <param name="Verified">Whether it came with the program or a file given to it, not from an address that was typed.</param>
internal sealed record Organization(OrganizationDocument Document, bool Verified)
{
    /// <summary>The only place the program connects to: the document's origin, unless a test says otherwise.</summary>
    public Uri Server { get; init; } = new(Document.Origin);

    public Shop Shop { get; } = new(
        PeerText.Name(Document.DisplayName),
        Document.Phone.Length == 0 ? null : PeerText.Name(Document.Phone),
        new ShopAddress(new Uri(Document.Origin), null).Host,
        Verified);
}
