using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Nabij.Server.Relay;

namespace Nabij.Server.Tests.Relay;

public sealed class KestrelBuffersTests
{
    private const int Promised = 128 * 1024;

    [Fact]
    [Trait("Invariant", "4")]
    public async Task The_running_server_holds_at_most_128_KiB_for_one_direction_of_a_session()
    {
        await using var server = await RunningServer.StartAsync();

        var limits = server.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal(KestrelBuffers.RequestBytes, limits.MaxRequestBufferSize);
        Assert.Equal(KestrelBuffers.ResponseBytes, limits.MaxResponseBufferSize);
        Assert.True(limits.MaxRequestBufferSize + limits.MaxResponseBufferSize + RelayPump.PieceLength <= Promised);
    }
}
