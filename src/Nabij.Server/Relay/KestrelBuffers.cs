using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Nabij.Server.Relay;

/// <summary>
/// What Kestrel may hold for one connection in each direction. With the relay's one piece between them, one direction
/// of a session holds at most 48 + 16 + 32 KiB in this process, below the 128 KiB of security.md 5.5; then reading stops.
/// </summary>
internal static class KestrelBuffers
{
    internal const long RequestBytes = 48 * 1024;
    internal const long ResponseBytes = 32 * 1024;

    internal static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxRequestBufferSize = RequestBytes;
        kestrel.Limits.MaxResponseBufferSize = ResponseBytes;
    }
}
