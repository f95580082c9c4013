namespace Nabij.Server.Telemetry;

/// <summary>Where metrics and traces go (decision 0027). Without an address nothing is collected and nothing is sent.</summary>
internal sealed class TelemetrySettings
{
    internal const string Section = "Telemetry";

    internal const string Grpc = "grpc", Http = "http";

    /// <summary>Address of an OTLP receiver, such as http://localhost:4317; empty: off.</summary>
    public string Otlp { get; set; } = "";

    /// <summary>"grpc", or "http" for protobuf over HTTP, whose address is that of the receiver without /v1/....</summary>
    public string Protocol { get; set; } = Grpc;

    /// <summary>Headers for the receiver, as `name=value,name=value`. A secret: it is sent there and nowhere else.</summary>
    public string Headers { get; set; } = "";

    /// <summary>Whether traces are sent besides metrics.</summary>
    public bool Traces { get; set; } = true;

    /// <summary>Which part of the traces is kept, 0 to 1.</summary>
    public double TracedShare { get; set; } = 1;

    /// <summary>Time between two reports of the metrics.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    internal static bool IsValid(TelemetrySettings settings) =>
        (settings.Otlp.Length == 0 || (Uri.TryCreate(settings.Otlp, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0)) &&
        settings.Protocol is Grpc or Http && settings.TracedShare is >= 0 and <= 1 &&
        settings.Interval >= TimeSpan.FromSeconds(1) && settings.Interval <= TimeSpan.FromHours(1);
}
