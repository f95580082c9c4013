using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Nabij.Server.Tests.Telemetry;

/// <summary>A collector for tests: takes OTLP over HTTP or gRPC on loopback and keeps what came, as bytes and with its headers.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Content, string Headers)> _received = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    internal string Address => _app.Urls.First();

    internal IReadOnlyList<(string Path, string Content, string Headers)> Received => [.. _received];

    /// <summary>All that was received of one kind, "metrics" or "trace".</summary>
    internal string TextOf(string kind) => string.Concat(_received.Where(one => one.Path.Contains(kind, StringComparison.OrdinalIgnoreCase)).Select(one => one.Content));

    internal static async Task<OtlpReceiver> StartAsync(bool isGrpc)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.MapPost("/{**path}", receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _received.Enqueue((context.Request.Path, Encoding.UTF8.GetString(body.ToArray()), string.Join('\n', context.Request.Headers)));
        if (context.Request.ContentType != "application/grpc")
        {
            context.Response.ContentType = "application/x-protobuf";
            return;
        }

        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        // An empty message: not compressed, no bytes.
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
