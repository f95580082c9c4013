using System.Buffers.Binary;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>
/// A customer's desktop: Xvfb with a window manager and real programs. Its framebuffer is a file, so that reading it disturbs
/// nothing. One that can change its size is TigerVNC's Xvnc, whose pixels are asked for.
/// </summary>
internal sealed class Desktop : IAsyncDisposable
{
    private readonly List<ChildProcess> programs = [];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nabij-desktop-");

    private bool isResizable;

    public int Width { get; private set; }

    public int Height { get; private set; }

    public string Display { get; private set; } = "";

    public string Folder => folder.FullName;

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["DISPLAY"] = Display, ["HOME"] = Folder, ["XDG_CONFIG_HOME"] = Path.Combine(Folder, "config"), ["XDG_RUNTIME_DIR"] = Folder,
        ["LANG"] = "C.UTF-8", ["NO_AT_BRIDGE"] = "1",
    };

    public static async Task<Desktop> StartAsync(int width = 1280, int height = 800)
    {
        var desktop = new Desktop { Width = width, Height = height };
        await desktop.StartAsync("Xvfb", ["-screen", "0", $"{width}x{height}x24", "-nolisten", "tcp", "-noreset", "-nocursor", "-fbdir", desktop.Folder]);
        return desktop;
    }

    public static async Task<Desktop> StartResizableAsync(int width = 1280, int height = 800)
    {
        var desktop = new Desktop { Width = width, Height = height, isResizable = true };
        await desktop.StartAsync("Xvnc", ["-geometry", $"{width}x{height}", "-depth", "24", "-SecurityTypes", "None", "-rfbport", "-1", "-rfbunixpath", Path.Combine(desktop.Folder, "vnc")]);
        return desktop;
    }

    private async Task StartAsync(string program, string[] arguments)
    {
        var server = ChildProcess.Start(program, ["-displayfd", "1", .. arguments]);
        programs.Add(server);
        Display = $":{(await server.LineAsync(@"^\d+$")).Value}";
        Run("openbox", "--sm-disable");
        await Until.TrueAsync(async () => (await CallAsync("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")).Contains('#', StringComparison.Ordinal), () => "the window manager");
        await CallAsync("xsetroot", "-solid", "#305070");
    }

    /// <summary>Gives a resizable desktop another size, one of its modes.</summary>
    public async Task ResizeAsync(int width, int height)
    {
        await CallAsync("xrandr", "-s", $"{width}x{height}");
        (Width, Height) = (width, height);
    }

    public ChildProcess Run(string program, params string[] arguments) => Run(program, arguments, Environment);

    public ChildProcess Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var child = ChildProcess.Start(program, arguments, environment);
        programs.Add(child);
        return child;
    }

    public Task<string> CallAsync(string program, params string[] arguments) => ChildProcess.RunAsync(program, arguments, Environment);

    /// <summary>The window whose name holds <paramref name="name"/>, once it is on the screen.</summary>
    public async Task<string> WindowAsync(string name)
    {
        var id = "";
        await Until.TrueAsync(async () =>
        {
            try { id = (await CallAsync("xdotool", "search", "--onlyvisible", "--name", name)).Split('\n')[0]; }
            catch (InvalidOperationException) { return false; }
            return id.Length > 0;
        }, () => $"a window called {name}");
        return id;
    }

    /// <summary>Red, green, blue of every pixel, from the display's own memory where it can be looked into.</summary>
    public async Task<byte[]> FramebufferAsync()
    {
        var path = Path.Combine(Folder, isResizable ? "screen.xwd" : "Xvfb_screen0");
        if (isResizable) await CallAsync("xwd", "-root", "-silent", "-out", path);
        var file = await File.ReadAllBytesAsync(path);
        var header = BinaryPrimitives.ReadInt32BigEndian(file) + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(76)) * 12;
        var stride = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(48));
        var pixels = new byte[Width * Height * 3];
        for (int y = 0, at = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++, at += 3)
            {
                var source = header + y * stride + x * 4;
                (pixels[at], pixels[at + 1], pixels[at + 2]) = (file[source + 2], file[source + 1], file[source]);
            }
        }

        return pixels;
    }

    public Task ShotAsync(string name) => CallAsync("import", "-silent", "-window", "root", Path.Combine(Programs.Results, $"{name}.png"));

    public async ValueTask DisposeAsync()
    {
        for (var i = programs.Count - 1; i >= 0; i--) await programs[i].DisposeAsync();
        folder.Delete(recursive: true);
    }
}
