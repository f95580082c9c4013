// Addresses and sizes of the tour's pictures. The size stands in the page, so that nothing jumps while they load; it is
// read once from the file's first bytes (PNG, ISO/IEC 15948, 11.2.2).

using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Nabij.Server.Explained;

/// <summary>Thread-safe.</summary>
public sealed class TourPictures(IWebHostEnvironment environment)
{
    private const int HeaderBytes = 24, WidthAt = 16, HeightAt = 20;

    private readonly ConcurrentDictionary<string, (int Width, int Height)?> _sizes = new(StringComparer.Ordinal);

    public static string AddressOf(string picture, string language) => $"/tour/{picture}-{language}.png";

    /// <summary>In pixels; null when there is no such picture.</summary>
    public (int Width, int Height)? SizeOf(string picture, string language) => _sizes.GetOrAdd(AddressOf(picture, language), Read);

    private (int Width, int Height)? Read(string address)
    {
        var file = environment.WebRootFileProvider.GetFileInfo(address);
        if (!file.Exists)
            return null;
        using var stream = file.CreateReadStream();
        Span<byte> header = stackalloc byte[HeaderBytes];
        stream.ReadExactly(header);
        return (BinaryPrimitives.ReadInt32BigEndian(header[WidthAt..]), BinaryPrimitives.ReadInt32BigEndian(header[HeightAt..]));
    }
}
