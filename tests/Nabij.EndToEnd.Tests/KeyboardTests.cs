using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>The technician's keyboard and the customer's, each with a layout of its own, with a real browser and a real editor between them.</summary>
public sealed class KeyboardTests
{
    private const string French = "KeyQ:a S+KeyQ:A KeyA:q Digit2:é S+Digit2:2 Digit0:à Semicolon:m KeyM:, D+BracketLeft KeyI:î Space: Digit1:&";
    private const string FrenchText = "aAqé2àm,î &";
    private const string Russian = "KeyG:п KeyH:р KeyB:и S+Digit3:№ Slash:. S+KeyD:В";
    private const string RussianText = "при№.В";
    private const string German = "KeyY:z KeyZ:y Semicolon:ö Minus:ß S+Digit7:/ D+Equal KeyE:é KeyE:€";
    private const string GermanText = "zyöß/é€";

    [Fact]
    public async Task Text_of_any_layout_input_method_or_picker_is_in_the_editor_on_any_layout()
    {
        await using var stage = await Session.StartAsync();
        var file = Path.Combine(stage.Desktop.Folder, "note.txt");
        await File.WriteAllTextAsync(file, "");
        stage.Desktop.Run("dbus-run-session", "mousepad", "--disable-server", file);
        var editor = await stage.Desktop.WindowAsync("note.txt");
        await stage.Desktop.CallAsync("xdotool", "windowactivate", "--sync", editor);
        await stage.Desk.Page.FocusAsync("#screen");
        var keyboard = await TechniciansKeyboard.OfAsync(stage.Desk);
        foreach (var layout in new[] { "de", "fr", "us,ru" })
        {
            await stage.Desktop.CallAsync("setxkbmap", "-layout", layout);
            await EditorHoldsAsync(FrenchText, () => keyboard.TypeAsync(French));
            await EditorHoldsAsync(RussianText, () => keyboard.TypeAsync(Russian));
            await EditorHoldsAsync(GermanText, () => keyboard.TypeAsync(German));
            await EditorHoldsAsync("火曜日 한글 x👩‍🔧", async () =>
            {
                await keyboard.ComposeAsync("火曜日", "k", "か", "かよう", "火曜日");
                await keyboard.TypeAsync("Space:");
                await keyboard.ComposeAsync("한", "ㅎ", "하", "한");
                await keyboard.ComposeAsync("글", "ㄱ", "그", "글");
                await keyboard.ComposeAsync("", "n", "ni");
                await keyboard.TypeAsync("Space: KeyX:x");
                await keyboard.InsertAsync("👩‍🔧");
            });
        }
        Assert.DoesNotContain(stage.Desk.Console, line => line.StartsWith("error", StringComparison.Ordinal));

        // Control+A and Control+S are what they are on every one of the layouts; what is typed replaces all.
        async Task EditorHoldsAsync(string text, Func<Task> type)
        {
            await stage.Desk.Page.Keyboard.PressAsync("Control+a");
            await type();
            await stage.Desk.Page.Keyboard.PressAsync("Control+s");
            await Until.TrueAsync(async () => (await File.ReadAllTextAsync(file)).TrimEnd('\n') == text, () => $"'{text}' in the file; it holds '{File.ReadAllText(file)}'");
        }
    }
}
