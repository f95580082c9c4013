using System.Security.Cryptography;
using Nabij.Server.Commands;
using Nabij.Server.Storage;

namespace Nabij.Server.Rendezvous;

/// <summary>The server's key for leases and resume cookies: 32 random bytes in <c>DIR/keys/lease.key</c>, mode 0600, made at the first start.</summary>
internal static class LeaseKey
{
    private const int Length = 32;

    internal static byte[] Read(DataFolder folder)
    {
        var file = Path.Combine(folder.KeysFolder, "lease.key");
        try
        {
            if (!File.Exists(file))
                DataFolder.WriteSecret(file, RandomNumberGenerator.GetBytes(Length));
            var key = File.ReadAllBytes(file);
            return key.Length == Length
                ? key
                : throw new OperatorException($"The file {file} is damaged. Delete it; waiting customers then get a new number after the restart, and sessions that lost their connection cannot go on.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The file {file} cannot be read or made: {exception.Message} Check the permissions of the data folder and its disk.", cause: exception);
        }
    }
}
