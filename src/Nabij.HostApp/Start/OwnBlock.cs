using Nabij.HostApp.Flow;
using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.HostApp.Start;

/// <summary>
/// Finds the organization that this program belongs to: in the block at the end of the program's own file
/// (docs/protocol/02-handshake.md, "Organization block"), or in a file that an option names.
/// </summary>
internal static class OwnBlock
{
    // The block with its length and magic; more of the file is never read.
    private const int LargestBlock = OrganizationDocument.LargestBytes + 12;

    /// <summary>Reads the end of a program.</summary>
    /// <returns>The organization; damaged when there is a block that is not whole; ask when there is none.</returns>
    public static StartPoint Read(string? programPath)
    {
        if (programPath is null)
            return new StartPoint.Ask();
        try
        {
            var block = OrganizationBlock.Find(ReadEnd(programPath));
            return block.IsEmpty
                ? new StartPoint.Ask()
                : new StartPoint.Known(new Organization(OrganizationDocument.Open(block), Verified: true));
        }
        catch (Exception refused) when (refused is WireFormatException or HandshakeException)
        {
            return new StartPoint.Damaged();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new StartPoint.Ask();
        }
    }

    /// <summary>
    /// Reads a signed document from a file. Its signature holds, but nobody vouches that it is the right shop's: whoever
    /// started the program chose the file, so the organization is not verified.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="WireFormatException">It is not an organization's document.</exception>
    /// <exception cref="HandshakeException">Its signature does not verify.</exception>
    public static Organization ReadFile(string path) => new(OrganizationDocument.Open(File.ReadAllBytes(path)), Verified: false);

    private static byte[] ReadEnd(string path)
    {
        using var file = File.OpenRead(path);
        var length = (int)Math.Min(file.Length, LargestBlock);
        file.Seek(-length, SeekOrigin.End);
        var end = new byte[length];
        file.ReadExactly(end);
        return end;
    }
}
