using System.Security.Cryptography;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>
/// The host's side of one run of RS1 (docs/protocol/02-handshake.md), step by step and without I/O: give it what the
/// connection brings, send what it answers. One thread at a time; one run at a time for each secret. Whoever owns the
/// connection keeps the clock of 30 s for each step and reports silence with <see cref="TimedOut"/> and the end of the
/// connection with <see cref="ConnectionEnded"/>: from MSG2 sent until MSG3 received these break the run off, which
/// burns the secret the third time. A FAIL of the peer in that step breaks off likewise. Anything that comes in the
/// place of MSG3 and is not accepted burns the secret at once.
/// </summary>
public sealed class CustomerHandshake : IDisposable
{
    private readonly CustomerHandshakeOptions _options;
    private readonly byte[] _nonce = new byte[HandshakeLimits.NonceBytes];
    private Step _step = Step.WaitForMessage1;
    private Message1? _message1;
    private ReadOnlyMemory<byte> _organizationKey;
    private KeySchedule? _keys;

    /// <summary>Starts a run; nothing is sent before MSG1 has come.</summary>
    public CustomerHandshake(CustomerHandshakeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Secret.IsBurnt)
            throw new ArgumentException("The secret is burnt.", nameof(options));
        _options = options;
    }

    private enum Step
    {
        WaitForMessage1,
        WaitForMessage3,
        Over,
    }

    /// <summary>One binary message has come.</summary>
    public HandshakeStep Receive(ReadOnlySpan<byte> message)
    {
        ObjectDisposedException.ThrowIf(_step == Step.Over, this);
        var isMessage3Due = _step == Step.WaitForMessage3;
        try
        {
            return isMessage3Due ? TakeMessage3(message) : TakeMessage1(message);
        }
        catch (WireFormatException refused)
        {
            return Fail(refused.Error, burns: isMessage3Due);
        }
        catch (HandshakeException refused)
        {
            return Fail(refused.Error, burns: isMessage3Due);
        }
    }

    /// <summary>The connection has ended before the run did.</summary>
    public HandshakeStep ConnectionEnded() => BreakOff(HandshakeError.BrokenOff, reply: null);

    /// <summary>The peer was silent for 30 s.</summary>
    public HandshakeStep TimedOut() => BreakOff(HandshakeError.Timeout, RefusalMessage.EncodeFail());

    /// <summary>Erases everything of the run; the secret is the caller's.</summary>
    public void Dispose()
    {
        _step = Step.Over;
        _keys?.Dispose();
    }

    private HandshakeStep TakeMessage1(ReadOnlySpan<byte> encoded)
    {
        var type = HandshakeReader.ReadType(
            encoded, HandshakeLimits.Message1Bytes, HandshakeMessageType.Msg1, HandshakeMessageType.Fail);
        if (type == HandshakeMessageType.Fail)
            return TakeFail(encoded);
        var message = Message1.Decode(encoded, _options.IsRelative);
        if (CheckOffer(message.Offered) is { } refusal)
        {
            Dispose();
            return new HandshakeStep { Reply = RefusalMessage.EncodeUnsupported(_options.Supported), Failure = refusal };
        }

        _organizationKey = message.Certificate is { } certificate ? FindOrganizationKey(certificate) : _options.OrganizationKeys[0];
        HandshakeException.Require(X25519.IsCanonical(message.Share), HandshakeError.ShareNotCanonical);
        _message1 = message;
        var message2 = Answer(message);
        _step = Step.WaitForMessage3;
        return new HandshakeStep { Reply = message2 };
    }

    // First entries that this host supports, and no higher shared one behind them.
    private HandshakeError? CheckOffer(VersionOffer offered)
    {
        var supported = _options.Supported;
        if (!supported.Versions.Contains(offered.Versions[0]) || !supported.Suites.Contains(offered.Suites[0]))
            return HandshakeError.Unsupported;
        var isHigherVersionShared = offered.Versions.Any(
            version => version > offered.Versions[0] && supported.Versions.Contains(version));
        var isHigherSuiteShared = offered.Suites.Any(
            suite => suite > offered.Suites[0] && supported.Suites.Contains(suite));
        return isHigherVersionShared || isHigherSuiteShared ? HandshakeError.Downgrade : null;
    }

    private ReadOnlyMemory<byte> FindOrganizationKey(TechnicianCertificate certificate)
    {
        foreach (var key in _options.OrganizationKeys)
        {
            if (SHA256.HashData(key.Span).AsSpan().SequenceEqual(certificate.OrganizationKeyHash.Span))
                return key;
        }

        throw new HandshakeException(HandshakeError.UnknownOrganization);
    }

    private byte[] Answer(Message1 message)
    {
        using var scalar = new SecretBytes(X25519.Size);
        _options.Random(scalar.Span);
        _options.Random(_nonce);
        var ci = KeySchedule.ChannelIdentifier(
            message.Offered, SHA256.HashData(_organizationKey.Span), _options.Origin, _options.Nameplate);
        byte[] sid = [.. _options.SidC.Span, .. message.SidT];
        var share = new byte[X25519.Size];
        using var k = new SecretBytes(X25519.Size);
        using (var generator = CPace.Generator(_options.Secret.Digits, ci, sid))
            X25519.ScalarMultiply(scalar.Span, generator.Span, share);
        X25519.ScalarMultiply(scalar.Span, message.Share, k.Span);
        HandshakeException.Require(!X25519.IsZero(share) & !X25519.IsZero(k.Span), HandshakeError.ZeroResult);

        var associatedData = Message2.EncodeAssociatedData(_options, message.Offered, _nonce);
        var message2 = Message2.Encode(share, associatedData);
        using var isk = CPace.Isk(
            sid, k, new CPaceSide(message.Share, message.AssociatedData), new CPaceSide(share, associatedData));
        _keys = new KeySchedule(
            new RunTranscript { Ci = ci, Sid = sid, Message1 = message.Encoded, Message2 = message2 }, isk);
        return message2;
    }

    private HandshakeStep TakeMessage3(ReadOnlySpan<byte> encoded)
    {
        var type = HandshakeReader.ReadType(
            encoded, HandshakeLimits.Message3Bytes, HandshakeMessageType.Msg3, HandshakeMessageType.Fail);
        if (type == HandshakeMessageType.Fail)
            return TakeFail(encoded);
        var (keys, message1) = (_keys!, _message1!);
        var message = ConfirmationMessage.Decode3(encoded);
        HandshakeException.Require(
            CryptographicOperations.FixedTimeEquals(keys.TagT(), message.Tag), HandshakeError.TagMismatch);
        var content = keys.OpenT(message.Tag, message.Box) ?? throw new HandshakeException(HandshakeError.BoxRejected);
        var reader = new WireReader(content);
        reader.RequireItems(2);
        var nonceT = reader.ReadItem(HandshakeLimits.NonceBytes);
        var signature = reader.ReadItem(P256.SignatureBytes);
        HandshakeException.Require(
            CryptographicOperations.FixedTimeEquals(KeySchedule.Commitment(nonceT), message1.Commitment),
            HandshakeError.CommitmentMismatch);
        CheckTechnician(message1, signature);

        keys.AddMessage3(encoded);
        return Establish(keys.CheckNumber(nonceT, _nonce));
    }

    private void CheckTechnician(Message1 message, ReadOnlySpan<byte> signature)
    {
        if (message.Certificate is not { } certificate)
        {
            HandshakeException.Require((message.Requested & ~Permissions.View) == 0, HandshakeError.RightsExceeded);
            HandshakeException.Require(!signature.ContainsAnyExcept((byte)0), HandshakeError.SignatureInvalid);
            return;
        }

        var check = new CertificateCheck
        {
            Now = _options.Time.GetUtcNow(),
            DeniedTechnicians = _options.DeniedTechnicians,
            Requested = message.Requested,
        };
        if (certificate.Check(_organizationKey.Span, check) is { } error)
            throw new HandshakeException(error);
        HandshakeException.Require(
            P256.Verify(certificate.PublicKey.Span, _keys!.SignedBytes(), signature),
            HandshakeError.SignatureInvalid);
    }

    private HandshakeStep Establish(string checkNumber)
    {
        var (keys, message1, host) = (_keys!, _message1!, _options.Host);
        var tag = keys.TagC();
        var content = new WireWriter(stackalloc byte[HandshakeLimits.Message3Bytes]);
        content.WriteItemU32((uint)_options.Granted);
        content.WriteItemText(host.MachineName, HandshakeLimits.MachineBytes);
        content.WriteItemText(host.UserName, HandshakeLimits.MachineBytes);
        var message4 = ConfirmationMessage.Encode(HandshakeMessageType.Msg4, tag, keys.SealC(tag, content.Bytes));
        using var master = keys.Master(message4);
        var session = new EstablishedSession
        {
            Keys = SessionKeys.FromMaster(Party.Host, master),
            SessionId = SessionKeys.SessionId(master),
            CheckNumber = checkNumber,
            RequestedPermissions = message1.Requested & host.Ceiling,
            GrantedPermissions = _options.Granted,
            Technician = new TechnicianIdentity
            {
                Certificate = message1.Certificate, Client = message1.Client, Requested = message1.Requested,
            },
            Host = host,
        };
        Dispose();
        _options.Secret.Dispose();
        return new HandshakeStep { Reply = message4, Session = session };
    }

    // Nothing is said in answer to FAIL.
    private HandshakeStep TakeFail(ReadOnlySpan<byte> encoded)
    {
        RefusalMessage.DecodeFail(encoded);
        return BreakOff(HandshakeError.PeerFailed, reply: null);
    }

    private HandshakeStep BreakOff(HandshakeError error, byte[]? reply)
    {
        ObjectDisposedException.ThrowIf(_step == Step.Over, this);
        var isBrokenOff = _step == Step.WaitForMessage3;
        if (isBrokenOff)
            _options.Secret.CountBrokenOffRun();
        Dispose();
        return new HandshakeStep
        {
            Reply = reply is null ? default(ReadOnlyMemory<byte>?) : reply,
            Failure = error,
            IsBrokenOff = isBrokenOff,
            IsSecretBurnt = _options.Secret.IsBurnt,
        };
    }

    private HandshakeStep Fail(HandshakeFailure failure, bool burns)
    {
        if (burns)
            _options.Secret.Burn();
        Dispose();
        return new HandshakeStep { Reply = RefusalMessage.EncodeFail(), Failure = failure, IsSecretBurnt = burns };
    }
}
