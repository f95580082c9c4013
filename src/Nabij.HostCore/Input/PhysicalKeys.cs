namespace Nabij.HostCore.Input;

/// <summary>
/// Physical keys: from the code values of W3C UI Events to the key codes of Linux evdev (linux/input-event-codes.h),
/// and from the key values that have no character to the key that usually carries them.
/// </summary>
internal static class PhysicalKeys
{
    private static readonly Dictionary<string, int> EvdevByCode = Build();

    private static readonly Dictionary<string, string> CodeByValue = new(StringComparer.Ordinal)
    {
        ["Shift"] = "ShiftLeft", ["Control"] = "ControlLeft", ["Alt"] = "AltLeft", ["Meta"] = "MetaLeft",
        ["AudioVolumeUp"] = "AudioVolumeUp", ["AudioVolumeDown"] = "AudioVolumeDown", ["AudioVolumeMute"] = "AudioVolumeMute",
    };

    /// <summary>The evdev code of a physical key, or 0 when there is none.</summary>
    public static int ToEvdev(string code) => EvdevByCode.GetValueOrDefault(code);

    /// <summary>A physical key that usually gives this key value (Enter, ArrowUp, F5 ...), or empty.</summary>
    public static string ForValue(string value)
    {
        if (CodeByValue.TryGetValue(value, out var code)) return code;
        if (value.Length == 1 && char.IsAsciiDigit(value[0])) return "Digit" + value;
        return EvdevByCode.ContainsKey(value) ? value : "";
    }

    private static Dictionary<string, int> Build()
    {
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        AddRun(keys, 2, "Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal Backspace Tab");
        AddRun(keys, 16, "KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight Enter ControlLeft");
        AddRun(keys, 30, "KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backquote ShiftLeft Backslash");
        AddRun(keys, 44, "KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash ShiftRight NumpadMultiply AltLeft Space CapsLock");
        AddRun(keys, 59, "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 NumLock ScrollLock");
        AddRun(keys, 71, "Numpad7 Numpad8 Numpad9 NumpadSubtract Numpad4 Numpad5 Numpad6 NumpadAdd Numpad1 Numpad2 Numpad3 Numpad0 NumpadDecimal");
        AddRun(keys, 85, "Lang5 IntlBackslash F11 F12 IntlRo Lang3 Lang4 Convert KanaMode NonConvert");
        AddRun(keys, 96, "NumpadEnter ControlRight NumpadDivide PrintScreen AltRight");
        AddRun(keys, 102, "Home ArrowUp PageUp ArrowLeft ArrowRight End ArrowDown PageDown Insert Delete");
        AddRun(keys, 113, "AudioVolumeMute AudioVolumeDown AudioVolumeUp Power NumpadEqual");
        AddRun(keys, 119, "Pause");
        AddRun(keys, 121, "NumpadComma Lang1 Lang2 IntlYen MetaLeft MetaRight ContextMenu");
        AddRun(keys, 163, "MediaTrackNext MediaPlayPause MediaTrackPrevious MediaStop");
        AddRun(keys, 183, "F13 F14 F15 F16 F17 F18 F19 F20 F21 F22 F23 F24");
        keys["Escape"] = 1;
        keys["Undo"] = 131;
        keys["Copy"] = 133;
        keys["Paste"] = 135;
        keys["Find"] = 136;
        keys["Cut"] = 137;
        keys["Help"] = 138;
        keys["BrowserBack"] = 158;
        keys["BrowserForward"] = 159;
        return keys;
    }

    private static void AddRun(Dictionary<string, int> keys, int first, string codes)
    {
        foreach (var code in codes.Split(' ')) keys[code] = first++;
    }
}
