namespace Nabij.Server.HelpPage;

/// <summary>What the visitor holds, as far as the browser says. Only words on the page depend on it, never a right.</summary>
public enum Device
{
    Other,
    Phone,
    Windows,
    Mac,
    Linux,
}

internal static class DeviceGuess
{
    internal static Device Of(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        if (request.Headers["Sec-CH-UA-Mobile"] == "?1" || Says("Android") || Says("iPhone") || Says("iPad") || Says("Mobile"))
            return Device.Phone;
        if (Says("Windows"))
            return Device.Windows;
        if (Says("Mac OS X") || Says("Macintosh"))
            return Device.Mac;
        return Says("Linux") || Says("X11") ? Device.Linux : Device.Other;

        bool Says(string word) => agent.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
