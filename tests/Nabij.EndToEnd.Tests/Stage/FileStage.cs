using System.Security.Cryptography;
using Microsoft.Playwright;
using Nabij.Protocol.Tests;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>A session in which files may go both ways: a folder with files at each side, and the files pane open.</summary>
internal sealed class FileStage : IAsyncDisposable
{
    private const int LargestPiece = 16 * 1_048_576;

    private readonly SeededRandom random = new(20261122);
    private readonly TemporaryFolder folder = new();

    public required Session Session { get; init; }

    public IPage Page => Session.Desk.Page;

    public Customer Customer => Session.Customer;

    /// <summary>Where the customer's files arrive.</summary>
    private string Received { get; init; } = "";

    /// <param name="line">What the world reaches the server through; null: directly.</param>
    /// <param name="answer">Name and size of the file that the customer sends who is asked for one.</param>
    /// <param name="locale">The technician's language.</param>
    /// <param name="script">Runs in the technician's page before its own.</param>
    public static async Task<FileStage> StartAsync(Line? line = null, (string Name, int Bytes)? answer = null, string locale = "en-US", string? script = null)
    {
        var shop = await Shop.OpenAsync(line?.Origin, []);
        line?.ConnectTo(shop.Address);
        var desktop = await Desktop.StartAsync();
        var received = Directory.CreateDirectory(Path.Combine(desktop.Folder, "downloads")).FullName;
        List<string> more = ["--downloads", received];
        if (answer is var (name, bytes))
        {
            var random = new SeededRandom(7);
            var content = new byte[bytes];
            random.Fill(content);
            var file = Path.Combine(desktop.Folder, name);
            await File.WriteAllBytesAsync(file, content);
            more.AddRange(["--give", file]);
        }
        var customer = Customer.Start(desktop, shop, "look,control,files", [.. more]);
        var desk = await Desk.OpenAsync(locale: locale);
        if (script is not null) await desk.Page.AddInitScriptAsync(script);
        var stage = new FileStage { Session = new Session { Shop = shop, Desktop = desktop, Customer = customer, Desk = desk }, Received = received };
        await desk.SignInAsync(shop);
        await desk.ConnectAsync(await customer.CodeAsync());
        await desk.StateAsync("active");
        await customer.EventAsync("granted");
        await desk.Page.Keyboard.PressAsync("Control+Alt+Shift+End");
        await desk.Page.Locator("#files").WaitForAsync();
        return stage;
    }

    /// <summary>A file of the technician's; its path.</summary>
    public string Make(string name, int bytes)
    {
        var path = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var content = new byte[Math.Min(bytes, LargestPiece)];
        using var file = File.Create(path);
        for (var left = bytes; left > 0; left -= content.Length)
        {
            random.Fill(content);
            file.Write(content, 0, Math.Min(left, content.Length));
        }
        return path;
    }

    public string PathOf(string name) => Path.Combine(folder.Path, name);

    /// <summary>As the button "Send files…" does it.</summary>
    public Task SendAsync(params string[] paths) => Page.Locator("#files input[type=file]").First.SetInputFilesAsync(paths);

    /// <summary>As the button "Send a folder…" does it.</summary>
    public Task SendFolderAsync(string path) => Page.Locator("#files input[type=file]").Nth(1).SetInputFilesAsync(path);

    /// <summary>The files of the customer's, by their path below the folder of this session, with their hashes.</summary>
    public Dictionary<string, string> Arrived()
    {
        var places = Directory.GetDirectories(Received);
        if (places.Length == 0) return [];
        return Directory.EnumerateFiles(Assert.Single(places), "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(places[0], file).Replace('\\', '/'), HashOf);
    }

    /// <summary>Where a file of this path below the folder of this session is at the customer's.</summary>
    public string ArrivedAt(string name) => Path.Combine(Assert.Single(Directory.GetDirectories(Received)), name);

    public static string HashOf(string path) => Convert.ToHexStringLower(HashOfFile(path));

    private static byte[] HashOfFile(string path)
    {
        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    }

    /// <summary>The file in the list whose name this is.</summary>
    public ILocator Row(string name) => Page.Locator("#files .file-list li", new() { Has = Page.Locator(".file-name", new() { HasTextString = name }) });

    public Task IsAsync(string name, string stage, TimeSpan? limit = null) => Page.Locator($"#files .file-list li[data-stage='{stage}']", new() { Has = Page.Locator(".file-name", new() { HasTextString = name }) }).WaitForAsync(new() { Timeout = (float)(limit ?? TimeSpan.FromMinutes(1)).TotalMilliseconds, State = WaitForSelectorState.Attached });

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        folder.Dispose();
    }
}
