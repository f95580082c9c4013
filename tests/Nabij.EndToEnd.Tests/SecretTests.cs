using System.Security.Cryptography;
using System.Text;
using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>What passes the server, what it writes and what it holds in memory during a session: never the secret digits, never typed text.</summary>
public sealed class SecretTests
{
    [Fact, Trait("Invariant", "1"), Trait("Invariant", "12")]
    public async Task Neither_traffic_nor_logs_nor_memory_nor_disk_of_the_server_hold_the_secret_digits_or_typed_text()
    {
        await using var wire = new Wiretap();
        await using var shop = await Shop.OpenAsync(wire.Origin, []);
        wire.ConnectTo(shop.Address);
        await using var desktop = await Desktop.StartAsync();
        var file = Path.Combine(desktop.Folder, "note.txt");
        await File.WriteAllTextAsync(file, "");
        desktop.Run("dbus-run-session", "mousepad", "--disable-server", file);
        var editor = await desktop.WindowAsync("note.txt");
        await using var customer = Customer.Start(desktop, shop);
        await using var desk = await Desk.OpenAsync();
        await desk.SignInAsync(shop);
        var code = await customer.CodeAsync();
        await desk.ConnectAsync(code);
        await desk.StateAsync("active");
        await customer.EventAsync("granted");
        await desktop.CallAsync("xdotool", "windowactivate", "--sync", editor);
        var typed = $"zwaardvis{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        await desk.Page.Keyboard.TypeAsync(typed, new() { Delay = 10 });
        await desk.Page.Keyboard.PressAsync("Control+s");
        await Until.TrueAsync(async () => (await File.ReadAllTextAsync(file)).TrimEnd('\n') == typed, () => "the text in the file");

        var secrets = new[] { code[3..], code, typed }.SelectMany(s => new[] { Encoding.UTF8.GetBytes(s), Encoding.Unicode.GetBytes(s) }).ToArray();
        var nameplate = Encoding.UTF8.GetBytes($"\"{code[..3]}\"");
        var traffic = wire.Captured().ToArray();
        Assert.Contains(traffic, bytes => bytes.AsSpan().IndexOf(nameplate) >= 0);
        Assert.DoesNotContain(traffic, bytes => Holds(bytes, secrets));
        Assert.False(MemoryHolds(shop.ServerId, secrets), "the server's memory holds a secret digit or typed text");
        Assert.True(MemoryHolds(shop.ServerId, [Encoding.UTF8.GetBytes(Shop.Slug)]), "the search of the memory finds what is there");
        Assert.False(Holds(Encoding.UTF8.GetBytes(shop.LogSoFar), secrets));
        // The server holds its lock file exclusively; it is empty.
        var files = Directory.EnumerateFiles(shop.Folder, "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 0);
        Assert.DoesNotContain(files, path => Holds(ReadShared(path), secrets));
        Assert.DoesNotContain(code[3..], desk.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(desk.Console, line => line.Contains(code[3..], StringComparison.Ordinal));
        await desk.Page.ClickAsync("#end");
    }

    private static bool Holds(ReadOnlySpan<byte> bytes, byte[][] secrets)
    {
        foreach (var secret in secrets)
            if (bytes.IndexOf(secret) >= 0) return true;
        return false;
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    // Every readable and writable region of the process, in pieces that overlap by more than the longest secret.
    private static bool MemoryHolds(int process, byte[][] secrets)
    {
        using var memory = new FileStream($"/proc/{process}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
        var buffer = new byte[1 << 20];
        foreach (var line in File.ReadLines($"/proc/{process}/maps").Where(l => l.Contains(" rw", StringComparison.Ordinal) && !l.Contains("[v", StringComparison.Ordinal)))
        {
            var range = line.Split(' ')[0].Split('-').Select(t => Convert.ToInt64(t, 16)).ToArray();
            for (var at = range[0]; at < range[1]; at += buffer.Length - 256)
            {
                int n;
                try { n = RandomAccess.Read(memory.SafeFileHandle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, range[1] - at)), at); }
                catch (IOException) { break; }
                if (Holds(buffer.AsSpan(0, n), secrets)) return true;
            }
        }

        return false;
    }
}
