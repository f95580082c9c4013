using System.Net;
using System.Net.Sockets;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>An organization's server with its own data folder, set up with one owner.</summary>
internal sealed class Shop : IAsyncDisposable
{
    public const string Name = "Computer shop Test";
    public const string Slug = "test";
    public const string Email = "tech@example.test";
    public const string Password = "a long pass phrase 42";
    public const string TechnicianName = "Peter Tester";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nabij-shop-");
    private readonly List<string> options = [];
    private ChildProcess? server;

    public string Folder => folder.FullName;

    /// <summary>Where the server listens.</summary>
    public string Address { get; private init; } = "";

    /// <summary>Where the world finds it.</summary>
    public string Origin { get; private init; } = "";

    public int ServerId => server?.Id ?? throw new InvalidOperationException("the server is not running");

    /// <summary>Everything that the server wrote in all its runs.</summary>
    public string Log { get; private set; } = "";

    public static Task<Shop> OpenAsync(params string[] options) => OpenAsync(origin: null, options);

    /// <summary>A shop in offline mode: only the public half of its key is on the server.</summary>
    public static Task<Shop> OpenOfflineAsync(string publicKey) => OpenAsync(origin: null, [], ["--organization-key", publicKey]);

    /// <summary>Runs a command of the operator's on this shop's data; gives what it said.</summary>
    public Task<string> CommandAsync(params string[] command) => ChildProcess.RunAsync(Programs.Server, [.. command, "--data", Folder]);

    /// <summary>As above, behind something else that answers at <paramref name="origin"/>.</summary>
    public static async Task<Shop> OpenAsync(string? origin, string[] options, params string[] setUp)
    {
        var address = $"http://localhost:{FreePort()}";
        var shop = new Shop { Address = address, Origin = origin ?? address };
        shop.options.AddRange(options);
        await ChildProcess.RunAsync(Programs.Server,
            ["setup", "--organization", Name, "--slug", Slug, "--owner-email", Email, "--owner-password", Password, "--owner-name", TechnicianName,
             "--phone", "020 555 0123", "--no-second-factor", "--data", shop.Folder, "--origin", shop.Origin, .. setUp]);
        await shop.StartAsync();
        return shop;
    }

    public async Task StartAsync()
    {
        server = ChildProcess.Start(Programs.Server, ["--urls", Address, "--origin", Origin, "--data", Folder, .. options]);
        using var client = new HttpClient();
        await Until.TrueAsync(async () =>
        {
            if (server.HasExited) throw new InvalidOperationException($"the server ended: {server.Everything}");
            try { return (await client.GetAsync(new Uri($"{Address}/readyz"))).IsSuccessStatusCode; }
            catch (HttpRequestException) { return false; }
        }, () => $"the server; it said {server.Everything}");
    }

    /// <summary>Ends the server as a service manager does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        var running = server ?? throw new InvalidOperationException("the server is not running");
        await ChildProcess.RunAsync("kill", ["-TERM", $"{running.Id}"]);
        var code = await running.ExitCodeAsync(TimeSpan.FromSeconds(30));
        await ForgetAsync();
        return code;
    }

    /// <summary>Ends the server as a power cut does.</summary>
    public async Task KillAsync()
    {
        var running = server ?? throw new InvalidOperationException("the server is not running");
        running.Kill();
        await running.ExitCodeAsync(TimeSpan.FromSeconds(30));
        await ForgetAsync();
    }

    public string LogSoFar => Log + server?.Everything;

    /// <summary>Puts the published customer's program, with the organization's block, where the download is served from.</summary>
    public Task<string> PackageAsync(string program) => ChildProcess.RunAsync(Programs.Server, ["package", program, "--data", Folder]);

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ForgetAsync()
    {
        if (server is null) return;
        Log += server.Everything;
        await server.DisposeAsync();
        server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await ForgetAsync();
        folder.Delete(recursive: true);
    }
}
