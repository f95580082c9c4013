using Microsoft.Extensions.DependencyInjection.Extensions;
using Nabij.Server.Commands;
using Nabij.Server.Organizations.FirstRun;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests.Pages;

/// <summary>A server that is not set up yet.</summary>
internal sealed class FirstRunServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private FirstRunServer(WebApplication app, DirectoryInfo folder) => (_app, _folder) = (app, folder);

    internal Uri Address => new(_app.Urls.First());

    internal string Code => _app.Services.GetRequiredService<SetUpCode>().Text;

    internal static async Task<FirstRunServer> StartAsync(TimeProvider clock)
    {
        var folder = Directory.CreateTempSubdirectory("nabij-first-run-");
        var options = RunOptions.Parse(["--data", folder.FullName, "--urls", "http://127.0.0.1:0"]);
        await TestDatabase.PrepareAsync(folder.FullName);
        await StorageFeature.PrepareAsync(options.DataFolder, clock, CancellationToken.None);
        var app = Program.BuildFirstRun(options, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton(clock));
        });
        await RunCommand.StartAsync(app, options, CancellationToken.None);
        return new FirstRunServer(app, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
