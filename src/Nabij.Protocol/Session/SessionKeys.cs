namespace Nabij.Protocol.Session;

/// <summary>
/// The secrets of one connection of a session (docs/protocol/02-handshake.md, "Keys"): two traffic secrets, each taken
/// once by the sealer or opener that then owns it, and the resume secret of this generation. Zeroed by
/// <see cref="Dispose"/> as far as they were not taken.
/// </summary>
public sealed class SessionKeys : IDisposable
{
    private readonly Party _self;
    private readonly bool _isAfterResume;
    private SecretBytes? _sending;
    private SecretBytes? _receiving;
    private SecretBytes? _resume;

    private SessionKeys(Party self, SecretBytes master, bool isAfterResume)
    {
        (_self, _isAfterResume) = (self, isAfterResume);
        var fromViewer = KeyDerivation.Expand(master, "traffic T>C");
        var fromHost = KeyDerivation.Expand(master, "traffic C>T");
        (_sending, _receiving) = self == Party.Viewer ? (fromViewer, fromHost) : (fromHost, fromViewer);
        _resume = KeyDerivation.Expand(master, "resume");
    }

    /// <summary>Which side holds these keys.</summary>
    public Party Self => _self;

    /// <summary>The sealer of this side; can be taken once.</summary>
    public RecordSealer TakeSealer(TimeProvider time) => TakeSealer(time, ChannelTable.Version1);

    /// <summary>The opener of the other side's records; can be taken once.</summary>
    public RecordOpener TakeOpener() => TakeOpener(ChannelTable.Version1);

    /// <summary>Erases what was not taken.</summary>
    public void Dispose()
    {
        _sending?.Dispose();
        _receiving?.Dispose();
        _resume?.Dispose();
    }

    internal static SessionKeys FromMaster(Party self, SecretBytes master) => new(self, master, isAfterResume: false);

    internal static SessionKeys FromResumedMaster(Party self, SecretBytes master) => new(self, master, isAfterResume: true);

    internal static byte[] SessionId(SecretBytes master)
    {
        using var id = KeyDerivation.Expand(master, "session id", HandshakeLimits.SessionIdBytes);
        return id.Span.ToArray();
    }

    internal RecordSealer TakeSealer(TimeProvider time, ChannelTable channels) =>
        new(_self, Take(ref _sending), channels, time);

    internal RecordOpener TakeOpener(ChannelTable channels) =>
        new(_self == Party.Viewer ? Party.Host : Party.Viewer, Take(ref _receiving), channels, _isAfterResume);

    /// <summary>The resume secret of this generation; can be taken once, by the resume state that then owns it.</summary>
    internal SecretBytes TakeResumeSecret() => Take(ref _resume);

    private static SecretBytes Take(ref SecretBytes? secret)
    {
        var taken = secret ?? throw new InvalidOperationException("The secret has been taken.");
        secret = null;
        return taken;
    }
}
