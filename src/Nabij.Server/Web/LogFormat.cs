using Nabij.Server.Commands;

namespace Nabij.Server.Web;

/// <summary>
/// How the log is written to the console: lines for people, JSON objects for collectors, or lines with the priorities of the
/// system's journal. The setting is Logging:Format. Every event has a category and a number in all three.
/// </summary>
internal static class LogFormat
{
    internal const string Setting = "Logging:Format";

    private const string Text = "text", Json = "json", Journal = "journal", Timestamp = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <exception cref="OperatorException">There is no such format.</exception>
    internal static void Apply(WebApplicationBuilder builder)
    {
        switch (builder.Configuration[Setting] ?? Text)
        {
            case Text:
                builder.Logging.AddSimpleConsole(console =>
                {
                    console.SingleLine = true;
                    console.UseUtcTimestamp = true;
                    console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
                });
                break;
            case Json:
                builder.Logging.AddJsonConsole(console =>
                {
                    console.UseUtcTimestamp = true;
                    console.TimestampFormat = Timestamp;
                });
                break;
            case Journal:
                // The journal has its own time.
                builder.Logging.AddSystemdConsole();
                break;
            case var other:
                throw OperatorException.Usage($"The setting {Setting} is \"{other}\". It can be {Text}, {Json}, or {Journal}.");
        }
    }
}
