using Nabij.Protocol.Tests;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>
/// A session in full swing behind a <see cref="Line"/>: a window that moves all the time, one that is typed into, two
/// people who write to each other, files that go both ways. Cuts it, and looks that everything is as it was.
/// </summary>
internal sealed class CutStage : IAsyncDisposable
{
    // Keys that write nothing by themselves; a held button selects text.
    private static readonly string[] Held = ["Shift", "Control", "Alt", "mouse", ""];

    // Within a second of silence everything is let go (chapter 06); a test machine shares its cores.
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(4);

    private readonly SeededRandom random;
    private readonly Line line;
    private readonly FileStage stage;
    private readonly Session session;
    private readonly FilesBothWays files;
    private readonly HeldKeys keys;
    private readonly NumberedTalk talk;
    private readonly NotedStates states;
    private readonly ChildProcess mover;
    private readonly string typed;
    private int held;

    private CutStage(Line line, SeededRandom random, FileStage stage, ChildProcess mover, string typed)
    {
        (this.line, this.random, this.stage, this.mover, this.typed) = (line, random, stage, mover, typed);
        session = stage.Session;
        files = new FilesBothWays(stage, random);
        keys = new HeldKeys(session.Desktop);
        talk = new NumberedTalk(session);
        states = new NotedStates(session.Desk.Page);
    }

    /// <summary>What was asked of the session, for people.</summary>
    public string Summary => $"{talk.ByTechnician} and {talk.ByCustomer} lines, {files.Arrived} files, {held} times something held";

    public static async Task<CutStage> StartAsync(Line line, SeededRandom random)
    {
        var files = await FileStage.StartAsync(line);
        var desktop = files.Session.Desktop;
        var typed = Path.Combine(desktop.Folder, "typed.txt");
        await File.WriteAllTextAsync(typed, "");
        desktop.Run("xterm", "-title", "Typed", "-geometry", "60x12+20+520", "-e", "sh", "-c", $"cat > {typed}");
        var mover = desktop.Run("xterm", "-title", "Mover", "-geometry", "90x24+20+20", "-e", "sh", "-c", "while :; do head -c 700 /dev/urandom | base64; sleep 0.08; done");
        await desktop.WindowAsync("Mover");
        var stage = new CutStage(line, random, files, mover, typed);
        await stage.states.BeginAsync();
        await stage.talk.OpenAsync();
        await desktop.CallAsync("xdotool", "windowactivate", "--sync", await desktop.WindowAsync("Typed"));
        await stage.TypeAsync("ready");
        return stage;
    }

    /// <summary>Works on until something is so.</summary>
    public async Task WorkUntilAsync(Func<bool> condition)
    {
        for (var word = 1; !condition(); word++) await TypeAsync($"meanwhile{word}");
    }

    /// <summary>One cut, at random; what it was, and how long after the line was back the session went on.</summary>
    public Task<(string What, double Milliseconds)> CutAsync(int number)
    {
        var cut = new Cut((Leg)(1 + random.Below(3)), (CutKind)random.Below(3), random.Below(150_000), Outage(), random.Below(2) == 0);
        return BreakAsync(number, $"{cut.Leg}, {cut.Kind}, {cut.Outage.TotalMilliseconds:F0} ms {(cut.HoldsCallers ? "held" : "refused")}", () => line.CutAsync(cut));
    }

    /// <summary>The server restarts, in good order or not.</summary>
    public Task<(string What, double Milliseconds)> RestartAsync(int number, bool isKilled) =>
        BreakAsync(number, isKilled ? "the server killed" : "the server restarted", async () =>
        {
            if (isKilled) await session.Shop.KillAsync();
            else Assert.Equal(0, await session.Shop.StopAsync());
            await session.Shop.StartAsync();
            return TimeProvider.System.GetUtcNow();
        });

    /// <summary>The end: every line is there, the picture is exact, nothing is pressed, and the session still ends as one ends.</summary>
    public async Task NothingIsLostAsync()
    {
        await talk.AllArrivedAsync();
        mover.Kill();
        await session.Desk.PictureEqualsAsync(session.Desktop);
        Assert.Equal("", keys.Now());
        await session.Desk.ShotAsync("cuts-end");
        Assert.DoesNotContain(session.Desk.Console, IsFault);
        await session.Desk.Page.ClickAsync("#end");
        Assert.Equal("technician-ended", (await session.Customer.EventAsync("ended")).GetProperty("reason").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        keys.Dispose();
        await stage.DisposeAsync();
    }

    // What the browser itself says of a line that is down is none.
    private static bool IsFault(string text) =>
        text.StartsWith("error", StringComparison.Ordinal) && !text.Contains("WebSocket", StringComparison.Ordinal) && !text.Contains("net::ERR", StringComparison.Ordinal);

    private TimeSpan Outage() => TimeSpan.FromMilliseconds(random.Below(3) switch { 0 => 0, 1 => random.Below(500), _ => (500 + random.Below(2_500)) });

    private async Task<(string What, double Milliseconds)> BreakAsync(int number, string what, Func<Task<DateTimeOffset>> breaking)
    {
        await files.BeginAsync(number);
        var pressed = Held[random.Below(Held.Length)];
        await HoldAsync(pressed);
        var before = (await states.AllAsync()).Count;
        var broken = breaking();
        do
        {
            await talk.SayAsync();
            await session.Desk.FramesAsync(2); // no faster: more than 100 lines a second are a flood
        }
        while (!await IsLostAsync(before));
        await Until.TrueAsync(() => keys.Now() == "", () => $"everything to be let go after {what}; pressed: {keys.Now()}", ReleaseLimit);
        await talk.SayAsync();
        var back = await broken;
        NotedStates.Noted? active = null;
        await Until.TrueAsync(async () => (active = (await states.AllAsync()).Skip(before).LastOrDefault()) is { State: "active" }, () => $"the session after {what}; {session.Customer.Process.Everything}");
        await LetGoAsync(pressed);
        await TypeAsync($"word{number}");
        await files.ArriveAsync();
        return ($"{what}, {(pressed == "" ? "nothing" : pressed)} held", Math.Max(0, (active!.At - back).TotalMilliseconds));
    }

    private async Task<bool> IsLostAsync(int before) => (await states.AllAsync()).Skip(before).Any(noted => noted.State == "resuming");

    private async Task HoldAsync(string what)
    {
        if (what == "") return;
        held++;
        await session.Desk.Page.FocusAsync("#screen");
        if (what == "mouse")
        {
            var box = (await session.Desk.Page.Locator("#screen").BoundingBoxAsync())!;
            await session.Desk.Page.Mouse.MoveAsync((float)(box.X + 200 * box.Width / session.Desktop.Width), (float)(box.Y + 600 * box.Height / session.Desktop.Height));
            await session.Desk.Page.Mouse.DownAsync();
        }
        else
        {
            await session.Desk.Page.Keyboard.DownAsync(what);
        }
        await Until.TrueAsync(() => keys.Now() != "", () => $"{what} being pressed");
    }

    private async Task LetGoAsync(string what)
    {
        if (what == "mouse") await session.Desk.Page.Mouse.UpAsync();
        else if (what != "") await session.Desk.Page.Keyboard.UpAsync(what);
    }

    // The word arrives as it was typed only when nothing is stuck.
    private async Task TypeAsync(string word)
    {
        await session.Desk.Page.FocusAsync("#screen");
        await session.Desk.Page.Keyboard.TypeAsync(word);
        await session.Desk.Page.Keyboard.PressAsync("Enter");
        var last = "";
        await Until.TrueAsync(async () => (last = (await File.ReadAllLinesAsync(typed)).LastOrDefault()) == word, () => $"{word} being typed; {typed} ends with {last}");
        await Until.TrueAsync(() => keys.Now() == "", () => $"Enter to be up again; pressed: {keys.Now()}");
        await talk.SayAsync();
    }
}
