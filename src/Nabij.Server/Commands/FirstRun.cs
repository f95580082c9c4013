using Nabij.Server.Organizations;
using Nabij.Server.Organizations.FirstRun;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Commands;

/// <summary>The first start: while there is no organization, serves nothing but the set-up page.</summary>
internal static class FirstRun
{
    /// <returns>False when the server was told to stop before it was set up.</returns>
    internal static async Task<bool> EnsureSetUpAsync(RunOptions options, Terminal terminal, CancellationToken cancellation)
    {
        if (await new OrganizationDirectory(new DatabaseSource(options.DataFolder)).FindDefaultAsync(cancellation) is not null)
            return true;

        await using var app = Program.BuildFirstRun(options);
        await RunCommand.StartAsync(app, options, cancellation);
        var origin = app.Services.GetRequiredService<PublicOrigin>().Value;
        await terminal.Out.WriteLineAsync($"nabij-server: this server is not set up yet. Open {origin}{FirstRunFeature.Path} and type this one-time code:");
        await terminal.Out.WriteLineAsync($"nabij-server:   {app.Services.GetRequiredService<SetUpCode>().Text}");
        await terminal.Out.WriteLineAsync("nabij-server: (or stop it and run `nabij-server setup`; see `nabij-server help`)");

        var stopped = app.WaitForShutdownAsync(cancellation);
        var done = app.Services.GetRequiredService<FirstRunEnd>().Done;
        await Task.WhenAny(stopped, done);
        await app.StopAsync(CancellationToken.None);
        return done.IsCompleted;
    }
}
