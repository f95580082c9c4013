using System.Security.Cryptography;

namespace Nabij.Server.Organizations.Logos;

/// <summary>
/// A picture that somebody uploaded, written anew: only what draws it is kept, so that nothing else (a place, a text, a
/// second format hidden in the file) is ever served. PNG and JPEG by their content, whatever the file is called.
/// </summary>
/// <param name="MediaType">image/png or image/jpeg.</param>
/// <param name="Content">The file as it is served.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal sealed record LogoFile(string MediaType, byte[] Content, int Width, int Height)
{
    /// <summary>The largest file that is taken.</summary>
    internal const int MaximumBytes = 256 * 1024;

    /// <summary>The most pixels of one side.</summary>
    internal const int MaximumSide = 2048;

    internal string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>Null when the bytes are no picture that is taken.</summary>
    internal static LogoFile? Read(ReadOnlySpan<byte> bytes) => bytes.Length > MaximumBytes ? null : PngFile.Read(bytes) ?? JpegFile.Read(bytes);

    internal static bool IsSize(int width, int height) => width is > 0 and <= MaximumSide && height is > 0 and <= MaximumSide;
}
