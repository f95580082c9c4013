namespace Nabij.Server.Accounts;

/// <summary>
/// Browser and system in two words, from what the browser says of itself: enough for a person to recognize a sign-in. Only
/// words of these lists come out, whatever comes in.
/// </summary>
internal static class DeviceWords
{
    /// <summary>In this order: most browsers name those before them too.</summary>
    private static readonly (string Mark, string Word)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Word)[] Systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>Such as "Firefox, Windows"; empty when neither is known.</summary>
    internal static string Of(string userAgent) =>
        string.Join(", ", new[] { Find(Browsers, userAgent), Find(Systems, userAgent) }.OfType<string>());

    private static string? Find((string Mark, string Word)[] list, string text) =>
        list.FirstOrDefault(one => text.Contains(one.Mark, StringComparison.Ordinal)).Word;
}
