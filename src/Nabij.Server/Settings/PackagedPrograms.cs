using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;
using Nabij.Server.Downloads;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Settings;

/// <summary>
/// Compares what the programs in DIR/downloads say about their organization with its settings: a program shows what stands in
/// its own signed block, and takes nothing of it from the server but the deny list. Thread-safe.
/// </summary>
internal sealed class PackagedPrograms(DataFolder folder, OrganizationDocuments documents, OrganizationKeys keys, PublicOrigin origin)
{
    private static readonly (string Key, Func<OrganizationDocument, string> Value)[] Shown =
    [
        ("signed.name", document => document.DisplayName), ("signed.legal", document => document.LegalName), ("signed.trade", document => document.TradeNumber),
        ("signed.phone", document => document.Phone), ("signed.abuse", document => document.AbuseContact), ("signed.color", document => document.Color),
    ];

    internal async Task<SignedStanding> LookAsync(Organization organization, CancellationToken cancellation)
    {
        var wanted = await documents.DraftAsync(organization, origin.Value.Text, cancellation);
        var isOffline = keys.IsOffline(organization.Id);
        var signed = isOffline ? await documents.FindAsync(organization, origin.Value.Text, cancellation) : null;
        var waits = isOffline && (signed is null || Differences(OrganizationDocument.Open(signed), wanted).Count > 0);
        var programs = Platform.All.Select(platform => FileOf(organization, platform)).Where(file => file.Exists).Select(file => Look(file, organization, wanted));
        return new SignedStanding(isOffline, waits, [.. programs]);
    }

    private FileInfo FileOf(Organization organization, Platform platform)
    {
        var own = new FileInfo(Path.Combine(folder.DownloadsFolder, organization.Slug, platform.FileName));
        return own.Exists ? own : new FileInfo(Path.Combine(folder.DownloadsFolder, platform.FileName));
    }

    private SignedStanding.Program Look(FileInfo file, Organization organization, OrganizationDocument wanted)
    {
        try
        {
            using var stream = file.OpenRead();
            var block = OrganizationBlock.Find(stream);
            if (block.Length > 0 && OrganizationDocument.Open(block) is var document && documents.IsOwn(document, organization, origin.Value.Text))
                return new SignedStanding.Program(file.Name, true, Differences(document, wanted));
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or WireFormatException or HandshakeException)
        {
            // Said as not own: the help page does not offer it either.
        }

        return new SignedStanding.Program(file.Name, false, []);
    }

    private static IReadOnlyList<string> Differences(OrganizationDocument one, OrganizationDocument other) =>
        [.. Shown.Where(shown => shown.Value(one) != shown.Value(other)).Select(shown => shown.Key)];
}
