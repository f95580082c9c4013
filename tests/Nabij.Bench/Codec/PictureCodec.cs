using Nabij.HostCore.Picture;
using Nabij.HostCore.Picture.Px;

namespace Nabij.Bench.Codec;

/// <summary>A codec of docs/protocol/05 with both of its sides.</summary>
internal sealed record PictureCodec(string Name, Func<IVideoEncoder> CreateEncoder, Func<ReplayDecoder> CreateDecoder)
{
    private static readonly PictureCodec[] All =
    [
        new("deflate", () => new DeflatedBlockEncoder(), () => new DeflatedBlockDecoder()),
        new("px", () => new PxEncoder(), () => new PxPieceDecoder()),
    ];

    /// <exception cref="BenchException">There is no such codec.</exception>
    public static PictureCodec Of(string? name) => name is null
        ? All[^1]
        : All.FirstOrDefault(codec => codec.Name == name)
            ?? throw new BenchException($"There is no codec '{name}'; there are {string.Join(", ", All.Select(codec => codec.Name))}.");
}
