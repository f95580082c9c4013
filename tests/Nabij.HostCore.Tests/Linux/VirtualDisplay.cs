using System.Diagnostics;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>A real X server without a monitor (Xvfb) on a free display number, and programs on it; ends all of them when disposed.</summary>
internal sealed class VirtualDisplay : IDisposable
{
    private readonly Process server;
    private readonly List<Process> programs = [];
    private string? leftover;

    private VirtualDisplay(Process server, string name)
    {
        this.server = server;
        Name = name;
    }

    /// <summary>Where a resizable display answers the protocol of VNC.</summary>
    public string Socket => leftover ?? throw new InvalidOperationException("this display has none");

    /// <summary>What DISPLAY would say, such as ":7".</summary>
    public string Name { get; }

    public static Task<VirtualDisplay> Start(string size = "640x480x24") =>
        Start("Xvfb", ["-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp", "-noreset"]);

    /// <summary>A server whose size can change while it runs (Xvfb cannot).</summary>
    public static async Task<VirtualDisplay> StartResizable(string geometry = "1024x768")
    {
        var socket = Path.Combine(Path.GetTempPath(), "nabij-vnc-" + Guid.NewGuid().ToString("N"));
        var display = await Start("Xvnc", ["-displayfd", "1", "-geometry", geometry, "-depth", "24", "-SecurityTypes", "None", "-rfbport", "-1", "-rfbunixpath", socket]);
        display.leftover = socket;
        return display;
    }

    private static async Task<VirtualDisplay> Start(string program, string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        var server = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        server.ErrorDataReceived += static (_, _) => { };
        server.BeginErrorReadLine();
        var number = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new VirtualDisplay(server, ":" + number);
    }

    /// <summary>Says that the desktop consists of these monitors, named left, right, ... such as "800x600+0+0".</summary>
    public async Task Arrange(params (string Name, string Place)[] monitors)
    {
        var output = "VNC-0";
        foreach (var (name, place) in monitors)
        {
            var parts = place.Split('x', '+');
            await Ask("xrandr", "--setmonitor", name, $"{parts[0]}/200x{parts[1]}/150+{parts[2]}+{parts[3]}", output);
            output = "none";
        }
    }

    /// <summary>Says that a monitor of this name, beside those that there are, stands here now.</summary>
    public async Task ReplaceMonitor(string name, string place)
    {
        var parts = place.Split('x', '+');
        await Ask("xrandr", "--delmonitor", name);
        await Ask("xrandr", "--setmonitor", name, $"{parts[0]}/200x{parts[1]}/150+{parts[2]}+{parts[3]}", "none");
    }

    public Process Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["DISPLAY"] = Name;
        start.Environment["LC_ALL"] = "C.UTF-8";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        programs.Add(process);
        return process;
    }

    /// <summary>Runs a program to its end and gives what it printed.</summary>
    public async Task<string> Ask(string program, params string[] arguments)
    {
        var process = Run(program, arguments);
        var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return text;
    }

    /// <summary>Gives the customer's keyboard a layout: `fr`, `us(intl)`, or several with commas.</summary>
    public Task SetLayout(string layout, string option = "") => Ask("setxkbmap", "-option", "", "-option", option, "-layout", layout);

    public void KillServer()
    {
        server.Kill();
        server.WaitForExit();
    }

    public void Dispose()
    {
        foreach (var process in programs.Append(server))
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
        if (leftover is not null) File.Delete(leftover);
    }
}
