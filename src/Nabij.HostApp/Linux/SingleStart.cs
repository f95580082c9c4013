using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>
/// Holds the place of the one running program of this person on this display, by an abstract socket that leaves no
/// file behind. A second start knocks there and ends; the first one raises its window. Others' programs cannot take
/// part: both sides look at the other's user id.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed partial class SingleStart : IDisposable
{
    // SOL_SOCKET and SO_PEERCRED of Linux; struct ucred is pid, uid, gid.
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;
    private const int CredentialBytes = 12;

    private readonly Socket _listener;

    private SingleStart(Socket listener) => _listener = listener;

    /// <summary>Takes the place.</summary>
    /// <returns>
    /// The place; or null with <paramref name="runsAlready"/> true when it was taken by this person's program, which has
    /// been told. A place taken by somebody else's program is no reason not to start: then a place that holds nothing comes back.
    /// </returns>
    public static SingleStart? Take(string display, out bool runsAlready)
    {
        runsAlready = false;
        var address = new UnixDomainSocketEndPoint($"\0nabij-{UserId()}-{display}");
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(address);
            listener.Listen(4);
            return new SingleStart(listener);
        }
        catch (SocketException)
        {
            runsAlready = Knock(address);
            if (!runsAlready)
                return new SingleStart(listener);
            listener.Dispose();
            return null;
        }
    }

    /// <summary>Calls the action each time this person starts the program again, on a pool thread, until disposed.</summary>
    public void Watch(Action knocked) => _ = WatchAsync(knocked);

    public void Dispose() => _listener.Dispose();

    private static bool Knock(UnixDomainSocketEndPoint address)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(address);
            return PeerId(socket) == UserId();
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static uint PeerId(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[CredentialBytes];
        return socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == CredentialBytes
            ? BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..])
            : uint.MaxValue;
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint UserId();

    private async Task WatchAsync(Action knocked)
    {
        try
        {
            while (true)
            {
                using var knock = await _listener.AcceptAsync().ConfigureAwait(false);
                if (PeerId(knock) == UserId())
                    knocked();
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The program ends, or the place holds nothing.
        }
    }
}
