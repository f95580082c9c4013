using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nabij.HostApp.Flow;
using Nabij.HostApp.Linux;
using Nabij.HostApp.Texts;
using Nabij.HostCore;
using Nabij.HostCore.Files;
using Nabij.HostCore.Picture;
using Nabij.Protocol;
using Nabij.Protocol.Wire;

namespace Nabij.HostApp.Start;

/// <summary>
/// The customer's program from its start to its exit code. What cannot be told in a window, because there is none,
/// is told on the error stream in the person's language.
/// </summary>
internal static class CustomerProgram
{
    public const int Success = 0;
    public const int Trouble = 1;
    public const int WrongUsage = 2;
    public const int NoWindows = 3;
    public const int NoDisplay = 4;
    public const int UnknownSystem = 5;

    public static string Version { get; } =
        typeof(CustomerProgram).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var (options, error) = StartOptions.Read(arguments);
        if (options is null)
            return Say(WrongUsage, error + Environment.NewLine + StartOptions.Usage);
        if (options.Help || options.Version)
        {
            Console.Out.WriteLine(options.Help ? StartOptions.Usage : "Nabij " + Version);
            return Success;
        }

        var language = options.Language ?? Wording.OfLocale(Environment.GetEnvironmentVariable);
        return OperatingSystem.IsLinux() ? await RunOnLinuxAsync(options, language).ConfigureAwait(false) : Say(UnknownSystem, Wording.Of(language)["start.system"]);
    }

    // Nothing is awaited before the windows have run: GTK wants the thread that the process began with.
    [SupportedOSPlatform("linux")]
    private static async Task<int> RunOnLinuxAsync(StartOptions options, string language)
    {
        DiagnosticSocket.Remove();
        var wording = Wording.Of(language);
        if (options.Leading is not null && RefusedOption(OwnBlock.Read(Environment.ProcessPath), options) is { } refused)
            return Say(WrongUsage, wording.Fill("start.own", new Dictionary<string, string> { ["option"] = refused }));
        if (GtkLibraries.FirstMissing() is { } missing)
            return Say(NoWindows, wording.Fill("start.library", new Dictionary<string, string> { ["library"] = missing }));
        using var place = SingleStart.Take(Environment.GetEnvironmentVariable("DISPLAY") ?? string.Empty, out var runsAlready);
        if (runsAlready)
            return Success;
        var start = Task.Run(() => StartHere(options));
        using var shell = GtkShell.Open();
        if (shell is null)
            return Say(NoDisplay, wording["start.display"]);
        try
        {
            using var trusted = options.ServerCertificate is { } file ? X509CertificateLoader.LoadCertificateFromFile(file) : null;
            using var roads = new Roads(trusted);
            var flow = new CustomerFlow(shell, Around(language, shell, roads));
            await using (flow.ConfigureAwait(false))
            {
                using var farewell = new Farewell(() => shell.Post(() => flow.Quit(Success)));
                place?.Watch(() => shell.Post(flow.Raise));
                _ = BeginAsync(start, flow, shell);
                var exitCode = shell.Run();
                // What was wrong with the file of an option is told here, where the error stream is.
                if (start.IsFaulted)
                    _ = await start.ConfigureAwait(false);
                return exitCode;
            }
        }
        catch (Exception unusable) when (
            unusable is IOException or UnauthorizedAccessException or CryptographicException or WireFormatException or HandshakeException)
        {
            return Say(WrongUsage, wording.Fill("start.file", new Dictionary<string, string> { ["reason"] = unusable.Message }));
        }
    }

    // The signature is verified beside GTK's own start: each of the two takes about as long as the other.
    [SupportedOSPlatform("linux")]
    private static async Task BeginAsync(Task<StartPoint> start, CustomerFlow flow, GtkShell shell)
    {
        await Task.WhenAny(start).ConfigureAwait(false);
        if (start.IsFaulted)
        {
            shell.Quit(WrongUsage);
            return;
        }

        var known = await start.ConfigureAwait(false);
        shell.Post(() => flow.Start(known));
    }

    [SupportedOSPlatform("linux")]
    private static Surroundings Around(string language, GtkShell shell, Roads roads) => new()
    {
        Time = TimeProvider.System,
        Language = language,
        Pages = roads.Pages,
        Connect = roads.ConnectAsync,
        OpenDesktop = () => OpenDesktop(shell),
        Downloads = Swept(UserFolders.Downloads()),
        ProgramFile = Environment.ProcessPath,
        Keeping = UserFolders.Kept() is { } kept ? new Keeping(new SafetyCopies(kept, TimeProvider.System, RandomNumberGenerator.Fill)) : null,
        Report = failure => Console.Error.WriteLine(failure.GetType().Name),
    };

    // What a crash left behind of an earlier session goes now, beside everything else.
    [SupportedOSPlatform("linux")]
    private static string? Swept(string? downloads)
    {
        if (downloads is not null)
            _ = Task.Run(() => StaleParts.Sweep(downloads));
        return downloads;
    }

    // What the technician does never reaches our own windows: consent is given by the customer's own hand.
    [SupportedOSPlatform("linux")]
    private static HostDesktop OpenDesktop(GtkShell shell)
    {
        var desktop = HostDesktop.Open(TimeProvider.System, DisplayChoice.None);
        desktop.ProtectOwnWindows(shell.NativeWindow is var own and not 0 ? own : throw new InvalidOperationException("There is no window to protect."));
        return desktop;
    }

    /// <summary>The option that must not be there: a program that carries an organization, even a damaged one, cannot be led elsewhere.</summary>
    internal static string? RefusedOption(StartPoint own, StartOptions options) => own is StartPoint.Ask ? null : options.Leading;

    /// <summary>Where the way begins. Whatever an option says is not verified.</summary>
    /// <exception cref="IOException">The organization's file cannot be read.</exception>
    /// <exception cref="WireFormatException">It is not an organization's document.</exception>
    /// <exception cref="HandshakeException">Its signature does not verify.</exception>
    internal static StartPoint StartOf(StartPoint own, StartOptions options)
    {
        if (own is not StartPoint.Ask)
            return own;
        if (options.OrganizationFile is { } file)
        {
            var organization = OwnBlock.ReadFile(file);
            return new StartPoint.Known(options.Server is { } other ? organization with { Server = other } : organization);
        }

        return options.Server is { } server ? new StartPoint.Address(new ShopAddress(server, options.Organization)) : own;
    }

    private static StartPoint StartHere(StartOptions options) =>
        Environment.GetEnvironmentVariable("XDG_SESSION_TYPE") == "wayland"
            ? new StartPoint.Unreadable()
            : StartOf(OwnBlock.Read(Environment.ProcessPath), options);

    private static int Say(int exitCode, string text)
    {
        Console.Error.WriteLine(text);
        return exitCode;
    }
}
