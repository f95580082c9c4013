using Nabij.HostCore.Picture;
using Nabij.HostCore.Picture.Px;

namespace Nabij.Bench.Codec;

/// <summary>A codec of docs/protocol/05 with both of its sides.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="MayAllocate">False when an update must cost no managed memory.</param>
/// <param name="CreateEncoder">The host's side.</param>
/// <param name="CreateDecoder">The viewer's side.</param>
internal sealed record PictureCodec(string Name, bool MayAllocate, Func<IVideoEncoder> CreateEncoder, Func<ReplayDecoder> CreateDecoder)
{
    private static readonly PictureCodec[] All =
    [
        new("px", MayAllocate: false, () => new PxEncoder(), () => new PxPieceDecoder()),
    ];

    /// <exception cref="BenchException">There is no such codec.</exception>
    public static PictureCodec Of(string? name) => name is null
        ? All[^1]
        : All.FirstOrDefault(codec => codec.Name == name)
            ?? throw new BenchException($"There is no codec '{name}'; there are {string.Join(", ", All.Select(codec => codec.Name))}.");
}
