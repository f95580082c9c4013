using System.Security.Cryptography;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>
/// The resume secrets of one session, in memory only (docs/protocol/02-handshake.md, "Resume"): the confirmed generation
/// and perhaps one that is not confirmed yet. Owned by the session; CLOSE erases them, STOPPED does not. One thread at a
/// time.
/// </summary>
public sealed class ResumeSecrets : IDisposable
{
    private readonly SortedDictionary<uint, SecretBytes> _secrets = [];

    /// <summary>Takes the resume secret out of the keys of a fresh session: generation 0.</summary>
    public ResumeSecrets(EstablishedSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        SessionId = session.SessionId;
        _secrets.Add(0, session.Keys.TakeResumeSecret());
    }

    internal ResumeSecrets(ReadOnlyMemory<byte> sessionId, IEnumerable<(uint Generation, SecretBytes Secret)> secrets)
    {
        SessionId = sessionId;
        foreach (var (generation, secret) in secrets)
            _secrets.Add(generation, secret);
    }

    /// <summary>16 bytes.</summary>
    public ReadOnlyMemory<byte> SessionId { get; }

    /// <summary>The generations held, rising: one or two, none after <see cref="Dispose"/>.</summary>
    public IReadOnlyList<uint> Generations => [.. _secrets.Keys];

    /// <summary>A record under the keys of this generation has opened: only now older secrets are erased.</summary>
    public void Confirm(uint generation)
    {
        foreach (var older in _secrets.Keys.Where(number => number < generation).ToArray())
            Erase(older);
    }

    /// <summary>Erases every secret: there is no resume any more.</summary>
    public void Dispose()
    {
        foreach (var generation in _secrets.Keys.ToArray())
            Erase(generation);
    }

    internal SecretBytes? Find(uint generation) => _secrets.GetValueOrDefault(generation);

    /// <summary>Adds the next generation, in place of one that was not confirmed.</summary>
    internal void AddNext(uint generation, SecretBytes secret)
    {
        foreach (var newer in _secrets.Keys.Where(number => number >= generation).ToArray())
            Erase(newer);
        _secrets.Add(generation, secret);
    }

    internal byte[] MacT(uint generation, ReadOnlySpan<byte> body) => Mac(generation, "rauth T", body, []);

    internal byte[] MacC(uint generation, ReadOnlySpan<byte> r1, ReadOnlySpan<byte> body) =>
        Mac(generation, "rauth C", r1, body);

    /// <summary>master' = HKDF-Extract(salt = th_r, IKM = lv(rs[n], ECDH)).</summary>
    internal SecretBytes Master(uint generation, SecretBytes shared, ReadOnlySpan<byte> r1, ReadOnlySpan<byte> r2)
    {
        using var material = new SecretBytes(2 * WireWriter.ItemLength(X25519.Size));
        var writer = new WireWriter(material.Span);
        writer.WriteItem(_secrets[generation].Span);
        writer.WriteItem(shared.Span);
        return KeyDerivation.Extract(KeySchedule.HashItems("RS1 thr"u8, r1, r2), material.Span);
    }

    private byte[] Mac(uint generation, string label, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        using var key = KeyDerivation.Expand(_secrets[generation], label);
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Span);
        mac.AppendData(first);
        mac.AppendData(second);
        return mac.GetHashAndReset();
    }

    private void Erase(uint generation)
    {
        _secrets.Remove(generation, out var secret);
        secret?.Dispose();
    }
}
