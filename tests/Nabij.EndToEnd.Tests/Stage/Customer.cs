using System.Text.Json;
using Nabij.Protocol.Log;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>The console customer on a desktop: real capture and input, events read from its output.</summary>
internal sealed class Customer : IAsyncDisposable
{
    private readonly ChildProcess process;
    private readonly string log;

    private Customer(ChildProcess process, string log) => (this.process, this.log) = (process, log);

    public ChildProcess Process => process;

    public static Customer Start(Desktop desktop, Shop shop, string grant = "look,control", params string[] more)
    {
        var log = Path.Combine(desktop.Folder, "kept.txt");
        string[] usual = ["--server", shop.Origin, "--organization", Shop.Slug, "--name", "Mrs. Jansen", "--grant", grant, "--log", log];
        return new(desktop.Run(Programs.TestCustomer, [.. usual, .. more], desktop.Environment), log);
    }

    /// <summary>What the customer's log of the ended session comes to.</summary>
    public async Task<LogReport> KeptLogAsync()
    {
        await EventAsync("ended");
        return LogCheck.File(await File.ReadAllTextAsync(log), []);
    }

    /// <summary>The nine digits of the n-th code shown.</summary>
    public async Task<string> CodeAsync(int occurrence = 1) => (await process.LineAsync("\"event\":\"code\",\"code\":\"(\\d{9})\"", occurrence)).Groups[1].Value;

    public async Task<JsonElement> EventAsync(string name, int occurrence = 1)
    {
        var line = await process.LineAsync($"\"event\":\"{name}\"", occurrence);
        return JsonDocument.Parse(process.Lines.Where(l => l.Contains($"\"event\":\"{name}\"", StringComparison.Ordinal)).ElementAt(occurrence - 1)).RootElement;
    }

    /// <summary>What the customer does: `stop`, `go-on`, `end`, `revoke control`.</summary>
    public Task DoAsync(string deed) => process.WriteLineAsync(deed);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
