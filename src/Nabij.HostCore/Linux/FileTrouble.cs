using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nabij.HostCore.Files;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Linux;

/// <summary>Turns the system's error numbers into what a person and the peer are told. Never with a path in it.</summary>
[SupportedOSPlatform("linux")]
internal static class FileTrouble
{
    public static TransferException OfLastError(string act) => Of(Marshal.GetLastPInvokeError(), act);

    public static TransferException Of(int error, string act) => new(
        error is LibFiles.NoRoom or LibFiles.OverQuota or LibFiles.TooLarge ? TransferReason.DiskFull : TransferReason.Unwritable,
        $"Could not {act}: {Marshal.GetPInvokeErrorMessage(error)}.");
}
