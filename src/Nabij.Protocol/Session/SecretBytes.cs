using System.Security.Cryptography;

namespace Nabij.Protocol.Session;

/// <summary>
/// The one owner of key material: pinned, so that the collector leaves no copies, and zeroed by
/// <see cref="Dispose"/>. Whoever holds the object disposes it; spans from it are only lent.
/// </summary>
internal sealed class SecretBytes : IDisposable
{
    private readonly byte[] _bytes;
    private bool _isErased;

    public SecretBytes(int length) => _bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);

    public SecretBytes(ReadOnlySpan<byte> bytes)
        : this(bytes.Length) => bytes.CopyTo(_bytes);

    public int Length => _bytes.Length;

    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isErased, this);
            return _bytes;
        }
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_bytes);
        _isErased = true;
    }
}
