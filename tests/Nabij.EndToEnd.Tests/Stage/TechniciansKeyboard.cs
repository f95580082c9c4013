using System.Globalization;
using Microsoft.Playwright;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>
/// The technician's keyboard with any layout: events for the browser by its own protocol (Chrome DevTools Protocol, Input),
/// with place and value as a real keyboard gives them.
/// </summary>
internal sealed class TechniciansKeyboard
{
    private const int Shift = 8;

    private readonly ICDPSession session;

    private TechniciansKeyboard(ICDPSession session) => this.session = session;

    public static async Task<TechniciansKeyboard> OfAsync(Desk desk) => new(await desk.Context.NewCDPSessionAsync(desk.Page));

    /// <summary>Presses keys one after the other: `KeyQ:a`, `S+Digit2:2` with Shift, `D+BracketLeft` a dead key.</summary>
    public async Task TypeAsync(string strokes)
    {
        foreach (var stroke in strokes.Split(' '))
        {
            var marks = stroke[1] == '+' ? stroke[0] : ' ';
            var parts = (marks == ' ' ? stroke : stroke[2..]).Split(':', 2);
            var value = marks == 'D' ? "Dead" : parts[1] == "" ? " " : parts[1];
            await PressAsync(parts[0], value, marks == 'S' ? Shift : 0);
        }
    }

    public async Task PressAsync(string code, string value, int modifiers)
    {
        var isText = StringInfo.GetNextTextElementLength(value) == value.Length;
        var down = new Dictionary<string, object> { ["type"] = isText ? "keyDown" : "rawKeyDown", ["code"] = code, ["key"] = value, ["modifiers"] = modifiers };
        if (isText) down["text"] = value;
        await session.SendAsync("Input.dispatchKeyEvent", down);
        await session.SendAsync("Input.dispatchKeyEvent", new() { ["type"] = "keyUp", ["code"] = code, ["key"] = value, ["modifiers"] = modifiers });
    }

    /// <summary>An input method: what it shows on the way, then what is chosen; empty when it is given up.</summary>
    public async Task ComposeAsync(string chosen, params string[] onTheWay)
    {
        foreach (var shown in onTheWay)
            await session.SendAsync("Input.imeSetComposition", new() { ["text"] = shown, ["selectionStart"] = shown.Length, ["selectionEnd"] = shown.Length });
        if (chosen.Length > 0) await session.SendAsync("Input.insertText", new() { ["text"] = chosen });
        else await session.SendAsync("Input.imeSetComposition", new() { ["text"] = "", ["selectionStart"] = 0, ["selectionEnd"] = 0 });
    }

    /// <summary>What an emoji picker does.</summary>
    public Task InsertAsync(string text) => session.SendAsync("Input.insertText", new() { ["text"] = text });
}
