using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Nabij.HostCore.Clipboard;
using Nabij.HostCore.Linux;
using Nabij.Protocol.Clipboard;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>The clipboard of a real X server, against xclip and against programs that do not answer.</summary>
[SupportedOSPlatform("linux")]
public sealed class X11ClipboardTests
{
    private const string Text = "Grüße, 日本 😀\n\tline two";

    [Fact]
    public async Task What_another_program_copied_is_read_as_it_is()
    {
        using var display = await VirtualDisplay.Start();
        using var clipboard = new X11Clipboard(display.Name);
        Assert.Equal(CopiedKind.Empty, (await clipboard.ReadAsync()).Kind);
        await CopyAsync(display, Text);
        Assert.Equal(new Copied(CopiedKind.Text, Text), await clipboard.ReadAsync());
    }

    [Fact]
    public async Task What_is_placed_is_pasted_by_another_program_in_every_form()
    {
        using var display = await VirtualDisplay.Start();
        using var clipboard = new X11Clipboard(display.Name);
        Assert.True(await clipboard.PlaceAsync(Text, CancellationToken.None));
        Assert.Equal(Text, await PasteAsync(display, "UTF8_STRING"));
        Assert.Equal(Text, await PasteAsync(display, "text/plain;charset=utf-8"));
        Assert.Equal(["TARGETS", "MULTIPLE", "TIMESTAMP", "UTF8_STRING", "text/plain;charset=utf-8", "STRING"], (await PasteAsync(display, "TARGETS")).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("", await PasteAsync(display, "image/png"));
        Assert.Equal(Text, (await clipboard.ReadAsync()).Text);
    }

    [Fact]
    public async Task Several_forms_at_once_are_given_where_there_are_such_and_told_where_there_are_not()
    {
        using var display = await VirtualDisplay.Start();
        using var clipboard = new X11Clipboard(display.Name);
        Assert.True(await clipboard.PlaceAsync(Text, CancellationToken.None));
        using var client = new SeveralForms(display.Name);
        Assert.Equal([true, false, true, false], client.Ask("UTF8_STRING", "image/png", "STRING", "MULTIPLE"));
        Assert.Equal(Text, Encoding.UTF8.GetString(client.Read(0)));
        Assert.Equal("Grüße, ?? ??\n\tline two", Encoding.Latin1.GetString(client.Read(2)));
    }

    [Fact]
    public async Task A_mebibyte_goes_both_ways_in_pieces()
    {
        using var display = await VirtualDisplay.Start();
        using var clipboard = new X11Clipboard(display.Name);
        var longest = string.Concat(Enumerable.Repeat("0123456789abcde\n", ClipboardLimits.LargestText / 16));
        Assert.True(await clipboard.PlaceAsync(longest, CancellationToken.None));
        Assert.Equal(longest, await PasteAsync(display, "UTF8_STRING"));
        await CopyAsync(display, longest);
        Assert.Equal(longest, (await clipboard.ReadAsync()).Text);
        await CopyAsync(display, longest + "x");
        Assert.Equal(new Copied(CopiedKind.TooLarge), await clipboard.ReadAsync());
        await CopyAsync(display, new string('y', 20 * ClipboardLimits.LargestText));
        Assert.Equal(new Copied(CopiedKind.TooLarge), await clipboard.ReadAsync());
    }

    [Fact]
    public async Task Who_copies_after_us_has_the_clipboard_and_we_may_place_again()
    {
        using var display = await VirtualDisplay.Start();
        using var clipboard = new X11Clipboard(display.Name);
        Assert.True(await clipboard.PlaceAsync("ours", CancellationToken.None));
        await CopyAsync(display, "theirs");
        Assert.Equal("theirs", (await clipboard.ReadAsync()).Text);
        Assert.True(await clipboard.PlaceAsync("ours again", CancellationToken.None));
        Assert.Equal("ours again", await PasteAsync(display, "UTF8_STRING"));
    }

    [Fact]
    public async Task A_picture_is_no_text()
    {
        using var display = await VirtualDisplay.Start();
        using var clipboard = new X11Clipboard(display.Name);
        await CopyAsync(display, "not a picture", "image/png");
        Assert.Equal(CopiedKind.Empty, (await clipboard.ReadAsync()).Kind);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_program_that_never_answers_makes_nobody_wait_for_long()
    {
        using var display = await VirtualDisplay.Start();
        using var clipboard = new X11Clipboard(display.Name);
        var stuck = await CopyAsync(display, "never");
        await display.Ask("kill", "-STOP", stuck);
        var clock = Stopwatch.StartNew();
        Assert.Equal(new Copied(CopiedKind.Failed), await clipboard.ReadAsync());
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.True(await clipboard.PlaceAsync("ours", CancellationToken.None));
        Assert.Equal("ours", await PasteAsync(display, "UTF8_STRING"));
        await display.Ask("kill", "-CONT", stuck);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_program_that_stops_in_the_middle_of_a_long_text_is_given_up()
    {
        using var display = await VirtualDisplay.Start();
        using var clipboard = new X11Clipboard(display.Name);
        Assert.True(await clipboard.PlaceAsync(new string('z', ClipboardLimits.LargestText), CancellationToken.None));
        var reader = display.Run("sh", "-c", "xclip -selection clipboard -o -t UTF8_STRING | { dd bs=1 count=1 2>/dev/null; kill -STOP $$; cat >/dev/null; }");
        Assert.Equal('z', (char)reader.StandardOutput.Read());
        reader.Kill(entireProcessTree: true);
        Assert.True(await clipboard.PlaceAsync("next", CancellationToken.None));
        Assert.Equal("next", await PasteAsync(display, "UTF8_STRING"));
    }

    [Fact]
    public async Task A_text_that_was_taken_back_before_it_was_placed_is_not()
    {
        using var display = await VirtualDisplay.Start();
        using var clipboard = new X11Clipboard(display.Name);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clipboard.PlaceAsync("late", new CancellationToken(canceled: true)));
        Assert.Equal(CopiedKind.Empty, (await clipboard.ReadAsync()).Kind);
    }

    [Fact]
    public async Task At_the_end_a_clipboard_manager_takes_over_what_was_placed()
    {
        using var display = await VirtualDisplay.Start();
        using var manager = new ClipboardKeeper(display.Name);
        using (var clipboard = new X11Clipboard(display.Name))
        {
            Assert.True(await clipboard.PlaceAsync(new string('k', 200_000), CancellationToken.None));
        }
        Assert.Equal(200_000, manager.Kept?.Length);
    }

    [Fact]
    public async Task A_display_that_goes_away_makes_both_fail_and_nothing_else()
    {
        using var display = await VirtualDisplay.Start();
        using var clipboard = new X11Clipboard(display.Name);
        Assert.True(await clipboard.PlaceAsync("text", CancellationToken.None));
        display.KillServer();
        await Eventually.True(() => !clipboard.PlaceAsync("more", CancellationToken.None).GetAwaiter().GetResult(), "the loss is known");
        Assert.Equal(CopiedKind.Failed, (await clipboard.ReadAsync()).Kind);
    }

    // Gives the number of the process that holds it, until another one copies.
    private static async Task<string> CopyAsync(VirtualDisplay display, string text, string target = "UTF8_STRING")
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text, new UTF8Encoding(false), TestContext.Current.CancellationToken);
            using var x = new X11Connection(display.Name);
            var clipboard = LibX11.XInternAtom(x.Display, "CLIPBOARD", 0);
            var before = LibX11.XGetSelectionOwner(x.Display, clipboard);
            var process = display.Run("xclip", "-quiet", "-selection", "clipboard", "-t", target, file);
            await Eventually.True(() => LibX11.XGetSelectionOwner(x.Display, clipboard) is not 0 and var owner && owner != before, "xclip holds the clipboard");
            return process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Task<string> PasteAsync(VirtualDisplay display, string target) =>
        display.Ask("xclip", "-selection", "clipboard", "-o", "-t", target);
}
