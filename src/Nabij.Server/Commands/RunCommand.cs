using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Commands;

/// <summary>`nabij-server [run]`: prepares the data folder, waits for the set-up if there is none, and serves until it is told to stop.</summary>
internal static class RunCommand
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var options = RunOptions.Parse(args);
        await using var claim = await PrepareAsync(options, cancellation);
        if (!await FirstRun.EnsureSetUpAsync(options, terminal, cancellation))
            return ExitCode.Done;
        await using var app = Program.Build(options);
        await StartAsync(app, options, cancellation);
        await terminal.Out.WriteLineAsync($"nabij-server: {app.Services.GetRequiredService<PublicOrigin>().Value} is ready.");
        await app.WaitForShutdownAsync(cancellation);
        return await EndAsync(app.Services, terminal);
    }

    /// <summary>What the end is to whoever started the server: a part that failed stops it, and the caller must see it to start it again.</summary>
    internal static async Task<int> EndAsync(IServiceProvider services, Terminal terminal)
    {
        var failed = services.GetServices<IHostedService>().OfType<BackgroundService>().FirstOrDefault(one => one.ExecuteTask is { IsFaulted: true });
        if (failed is null)
            return ExitCode.Done;
        await terminal.Error.WriteLineAsync(
            $"nabij-server: it stopped because a part of it failed ({failed.GetType().Name}): {failed.ExecuteTask?.Exception?.GetBaseException().Message} The log says more. Start it again; if it stops again, run `nabij-server check`.");
        return ExitCode.Failed;
    }

    /// <summary>Opens the data folder for this process alone and brings the database up to date.</summary>
    internal static async Task<FileStream> PrepareAsync(RunOptions options, CancellationToken cancellation)
    {
        options.DataFolder.Open();
        var claim = options.DataFolder.Claim();
        try
        {
            DatabaseAddress.Keep(options.DataFolder, options.Database);
            await StorageFeature.PrepareAsync(options.DataFolder, TimeProvider.System, cancellation);
            return claim;
        }
        catch
        {
            await claim.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts to listen and fixes the public origin.</summary>
    internal static async Task StartAsync(WebApplication app, RunOptions options, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (OptionsValidationException exception)
        {
            throw new OperatorException($"A setting in {options.DataFolder.SettingsFile} or in the environment is not right: {string.Join(" ", exception.Failures)}", ExitCode.Usage, exception);
        }
        catch (Exception exception) when (FindSocketError(exception) is { } error)
        {
            throw new OperatorException(Explain(error, options), cause: exception);
        }

        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (Hosting.FindOrigin(options, bound) is { } origin)
            app.Services.GetRequiredService<PublicOrigin>().SetUnlessGiven(origin);
        await app.Services.GetRequiredService<OrganizationDirectory>().KeepOriginAsync(app.Services.GetRequiredService<PublicOrigin>().Value, cancellation);
    }

    private static SocketError? FindSocketError(Exception exception) => exception switch
    {
        SocketException socket => socket.SocketErrorCode,
        AddressInUseException => SocketError.AddressAlreadyInUse,
        { InnerException: { } inner } => FindSocketError(inner),
        _ => null,
    };

    private static string Explain(SocketError error, RunOptions options)
    {
        var addresses = string.Join(", ", options.Addresses);
        return error switch
        {
            SocketError.AddressAlreadyInUse => $"Another program already listens on {addresses}. Stop it, or give another port with --urls.",
            SocketError.AccessDenied => $"This account may not listen on {addresses}. Ports below 1024 need the permission for it; take a higher port, or grant it.",
            SocketError.AddressNotAvailable => $"This machine has no such address: {addresses}. Give one of its own with --urls.",
            _ => $"The server cannot listen on {addresses}: {error}.",
        };
    }
}
