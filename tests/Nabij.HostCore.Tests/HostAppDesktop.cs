using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Nabij.HostCore.Tests;

/// <summary>
/// A virtual X desktop with a window manager for one test. Disposing ends both. A child process of a test gets
/// the display by its environment, since GTK reads it once, at its start.
/// </summary>
internal sealed class HostAppDesktop : IDisposable
{
    private readonly Process _server;
    private readonly Process _windowManager;

    private HostAppDesktop(Process server, Process windowManager, string display)
    {
        _server = server;
        _windowManager = windowManager;
        Display = display;
    }

    /// <summary>Such as ":97".</summary>
    public string Display { get; }

    /// <summary>Whether this machine can show windows at all: other machines skip these tests.</summary>
    public static bool IsPossible =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && File.Exists("/usr/bin/Xvfb") && File.Exists("/usr/bin/openbox")
        && Nabij.HostApp.Linux.GtkLibraries.FirstMissing() is null;

    public static HostAppDesktop Start(int width = 1280, int height = 900)
    {
        var server = Process.Start(new ProcessStartInfo("/usr/bin/Xvfb")
        {
            ArgumentList = { "-displayfd", "1", "-screen", "0", $"{width}x{height}x24", "-nolisten", "tcp", "-noreset" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        var display = ":" + server.StandardOutput.ReadLine();
        var windowManager = Process.Start(With(new ProcessStartInfo("/usr/bin/openbox") { RedirectStandardError = true }, display))!;
        windowManager.ErrorDataReceived += (_, _) => { };
        windowManager.BeginErrorReadLine();
        return new HostAppDesktop(server, windowManager, display);
    }

    public static ProcessStartInfo With(ProcessStartInfo start, string display)
    {
        start.Environment["DISPLAY"] = display;
        start.Environment.Remove("WAYLAND_DISPLAY");
        start.Environment.Remove("XDG_SESSION_TYPE");
        return start;
    }

    public async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = With(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }, Display);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return output + await errors;
    }

    public void Dispose()
    {
        foreach (var process in new[] { _windowManager, _server })
        {
            if (!process.HasExited)
                process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
