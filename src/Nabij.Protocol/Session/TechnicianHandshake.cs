using System.Security.Cryptography;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>
/// The viewer's side of one run of RS1 (docs/protocol/02-handshake.md), step by step and without I/O. One thread at a
/// time. Used by tests, by programmable peers, and by viewers outside a browser.
/// </summary>
public sealed class TechnicianHandshake : IDisposable
{
    private readonly TechnicianHandshakeOptions _options;
    // Null for a relative.
    private readonly TechnicianCertificate? _certificate;
    private readonly byte[] _sid = new byte[2 * HandshakeLimits.SidBytes];
    private readonly byte[] _nonce = new byte[HandshakeLimits.NonceBytes];
    private readonly byte[] _share = new byte[X25519.Size];
    private readonly SecretBytes _scalar = new(X25519.Size);
    private byte[] _associatedData = [];
    private byte[] _message1 = [];
    private Message2? _message2;
    private KeySchedule? _keys;
    private Step _step = Step.Start;

    /// <summary>Prepares a run.</summary>
    /// <exception cref="WireFormatException">The own certificate is malformed.</exception>
    public TechnicianHandshake(TechnicianHandshakeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _certificate = options.Certificate.IsEmpty ? null : TechnicianCertificate.Decode(options.Certificate.Span);
    }

    private enum Step
    {
        Start,
        WaitForMessage2,
        WaitForMessage4,
        Over,
    }

    private byte[] Ci => KeySchedule.ChannelIdentifier(
        _options.Offered, (_certificate?.OrganizationKeyHash ?? _options.RelativeKeyHash).Span, _options.Origin, _options.Nameplate);

    /// <summary>Makes MSG1.</summary>
    public HandshakeStep Start()
    {
        if (_step != Step.Start)
            throw new InvalidOperationException("The run has started.");
        _options.SidC.Span.CopyTo(_sid);
        _options.Random(_sid.AsSpan(HandshakeLimits.SidBytes));
        _options.Random(_scalar.Span);
        _options.Random(_nonce);
        using (var generator = CPace.Generator(_options.Secret.Digits, Ci, _sid))
            X25519.ScalarMultiply(_scalar.Span, generator.Span, _share);
        if (X25519.IsZero(_share))
            return Fail(HandshakeError.ZeroResult);
        _associatedData = Message1.EncodeAssociatedData(_options, KeySchedule.Commitment(_nonce));
        _message1 = Message1.Encode(_sid.AsSpan(HandshakeLimits.SidBytes), _share, _associatedData);
        _step = Step.WaitForMessage2;
        return new HandshakeStep { Reply = _message1 };
    }

    /// <summary>One binary message has come.</summary>
    public HandshakeStep Receive(ReadOnlySpan<byte> message)
    {
        ObjectDisposedException.ThrowIf(_step is Step.Over or Step.Start, this);
        try
        {
            return _step == Step.WaitForMessage2 ? TakeMessage2(message) : TakeMessage4(message);
        }
        catch (WireFormatException refused)
        {
            return Fail(refused.Error);
        }
        catch (HandshakeException refused)
        {
            return Fail(refused.Error);
        }
    }

    /// <summary>The connection has ended before the run did.</summary>
    public HandshakeStep ConnectionEnded() => Fail(HandshakeError.BrokenOff, isReplying: false);

    /// <summary>The peer was silent for 30 s.</summary>
    public HandshakeStep TimedOut() => Fail(HandshakeError.Timeout);

    /// <summary>Erases everything of the run; the secret is the caller's.</summary>
    public void Dispose()
    {
        _step = Step.Over;
        _scalar.Dispose();
        _keys?.Dispose();
    }

    private HandshakeStep TakeMessage2(ReadOnlySpan<byte> encoded)
    {
        var type = HandshakeReader.ReadType(
            encoded, HandshakeLimits.Message2Bytes,
            HandshakeMessageType.Msg2, HandshakeMessageType.Unsupported, HandshakeMessageType.Fail);
        if (type == HandshakeMessageType.Fail)
            return TakeFail(encoded);
        if (type == HandshakeMessageType.Unsupported)
            return TakeUnsupported(RefusalMessage.DecodeUnsupported(encoded));
        var message = Message2.Decode(encoded);
        HandshakeException.Require(IsHighestShared(message), HandshakeError.Downgrade);
        HandshakeException.Require(X25519.IsCanonical(message.Share), HandshakeError.ShareNotCanonical);
        _message2 = message;
        DeriveKeys(message);
        _step = Step.WaitForMessage4;
        return new HandshakeStep { Reply = MakeMessage3() };
    }

    private bool IsHighestShared(Message2 message)
    {
        var (offered, supported) = (_options.Offered, message.Supported);
        return message.Version == offered.Versions[0] && message.Suite == offered.Suites[0]
            && supported.Versions.Contains(message.Version) && supported.Suites.Contains(message.Suite)
            && offered.Versions.Where(supported.Versions.Contains).Max() == message.Version
            && offered.Suites.Where(supported.Suites.Contains).Max() == message.Suite;
    }

    private void DeriveKeys(Message2 message)
    {
        using var k = new SecretBytes(X25519.Size);
        X25519.ScalarMultiply(_scalar.Span, message.Share, k.Span);
        HandshakeException.Require(!X25519.IsZero(k.Span), HandshakeError.ZeroResult);
        using var isk = CPace.Isk(
            _sid, k, new CPaceSide(_share, _associatedData), new CPaceSide(message.Share, message.AssociatedData));
        _keys = new KeySchedule(
            new RunTranscript { Ci = Ci, Sid = _sid, Message1 = _message1, Message2 = message.Encoded }, isk);
    }

    private byte[] MakeMessage3()
    {
        var keys = _keys!;
        var tag = keys.TagT();
        var content = new WireWriter(stackalloc byte[128]);
        content.WriteItem(_nonce);
        content.WriteItem(_certificate is null ? stackalloc byte[P256.SignatureBytes] : _options.Sign(keys.SignedBytes()));
        var message3 = ConfirmationMessage.Encode(HandshakeMessageType.Msg3, tag, keys.SealT(tag, content.Bytes));
        keys.AddMessage3(message3);
        return message3;
    }

    // The host has ended the run: it is not answered.
    private HandshakeStep TakeUnsupported(VersionOffer supported)
    {
        var (offered, own) = (_options.Offered, _options.Offered);
        var versions = own.Versions.Where(supported.Versions.Contains).ToArray();
        var suites = own.Suites.Where(supported.Suites.Contains).ToArray();
        if (_options.IsSecondRun || versions.Length == 0 || suites.Length == 0)
            return Fail(HandshakeError.Unsupported, isReplying: false);
        var (version, suite) = (versions.Max(), suites.Max());
        if (version == offered.Versions[0] && suite == offered.Suites[0])
            return Fail(HandshakeError.Unsupported, isReplying: false);
        Dispose();
        return new HandshakeStep
        {
            Retry = new VersionOffer(
                [version, .. own.Versions.Where(other => other != version).OrderDescending()],
                [suite, .. own.Suites.Where(other => other != suite).OrderDescending()]),
        };
    }

    private HandshakeStep TakeMessage4(ReadOnlySpan<byte> encoded)
    {
        var type = HandshakeReader.ReadType(
            encoded, HandshakeLimits.Message4Bytes, HandshakeMessageType.Msg4, HandshakeMessageType.Fail);
        if (type == HandshakeMessageType.Fail)
            return TakeFail(encoded);
        var (keys, message2) = (_keys!, _message2!);
        var message = ConfirmationMessage.Decode4(encoded);
        HandshakeException.Require(
            CryptographicOperations.FixedTimeEquals(keys.TagC(), message.Tag), HandshakeError.TagMismatch);
        var content = keys.OpenC(message.Tag, message.Box) ?? throw new HandshakeException(HandshakeError.BoxRejected);
        var reader = new WireReader(content);
        reader.RequireItems(3);
        var granted = PermissionWords.Parse(reader.ReadItemU32());
        var machineName = reader.ReadItemText(0, HandshakeLimits.MachineBytes);
        var userName = reader.ReadItemText(0, HandshakeLimits.MachineBytes);
        var requested = _options.Requested & message2.Ceiling;
        HandshakeException.Require((granted & ~requested) == 0, HandshakeError.GrantsInvalid);
        return Establish(encoded, granted, HostOf(message2, machineName, userName));
    }

    private HandshakeStep Establish(ReadOnlySpan<byte> message4, Permissions granted, HostIdentity host)
    {
        using var master = _keys!.Master(message4);
        var session = new EstablishedSession
        {
            Keys = SessionKeys.FromMaster(Party.Viewer, master),
            SessionId = SessionKeys.SessionId(master),
            CheckNumber = _keys.CheckNumber(_nonce, _message2!.Nonce),
            RequestedPermissions = _options.Requested & host.Ceiling,
            GrantedPermissions = granted,
            Technician = new TechnicianIdentity
            {
                Certificate = _certificate, Client = _options.Client, Requested = _options.Requested,
            },
            Host = host,
        };
        Dispose();
        _options.Secret.Dispose();
        return new HandshakeStep { Session = session };
    }

    private static HostIdentity HostOf(Message2 message, string machineName, string userName) => new()
    {
        TermsId = message.TermsId,
        TermsVersion = message.TermsVersion,
        ConsentHash = message.ConsentHash,
        AcceptanceTime = message.AcceptanceTime,
        Ceiling = message.Ceiling,
        Application = message.Application,
        MachineName = machineName,
        UserName = userName,
    };

    private HandshakeStep TakeFail(ReadOnlySpan<byte> encoded)
    {
        RefusalMessage.DecodeFail(encoded);
        return Fail(HandshakeError.PeerFailed, isReplying: false);
    }

    private HandshakeStep Fail(HandshakeFailure failure, bool isReplying = true)
    {
        Dispose();
        return new HandshakeStep
        {
            Failure = failure,
            Reply = isReplying ? RefusalMessage.EncodeFail() : default(ReadOnlyMemory<byte>?),
        };
    }
}
