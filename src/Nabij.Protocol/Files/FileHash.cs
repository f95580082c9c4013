using System.Security.Cryptography;

namespace Nabij.Protocol.Files;

/// <summary>SHA-256 of a file or of its beginning: 32 bytes that compare by value.</summary>
public sealed class FileHash : IEquatable<FileHash>
{
    private readonly byte[] _bytes;

    /// <summary>Copies the 32 bytes.</summary>
    public FileHash(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, FileLimits.HashBytes);
        _bytes = bytes.ToArray();
    }

    /// <summary>SHA-256 of no bytes.</summary>
    public static FileHash OfNothing { get; } = new(SHA256.HashData([]));

    /// <summary>The 32 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <inheritdoc/>
    public bool Equals(FileHash? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FileHash);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes);

    /// <summary>Lower-case hex.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);
}
