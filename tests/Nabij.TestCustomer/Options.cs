using System.Globalization;
using Nabij.Protocol;

namespace Nabij.TestCustomer;

/// <summary>What the command line says (settled.md 5, architecture.md sections 2 and 8).</summary>
internal sealed record Options
{
    public const string Usage =
        """
        nabij-test-customer: a customer without windows, for tests and benchmarks. Never released.
          --server URL                 origin of the server, such as http://localhost:5000 (required)
          --organization SLUG          short name of the organization (required)
          --organization-file FILE     trust this signed org.json instead of what the server says
          --server-certificate FILE    trust this certificate (PEM) for the server
          --grant WORDS                look,point,control,clipboard,files,chat,facts, by commas (default: look);
                                       files-to-host and files-from-host are one way of files only;
                                       chat comes with look
          --name TEXT                  what the customer wants to be called
          --language CODE              such as en or nl (default: en)
          --screen x11|synthetic       what is shown (default: x11, the display of DISPLAY)
          --display all|N              share all displays, or only the Nth from the left (default: all)
          --downloads DIR              where files of the technician arrive (default: none can be copied)
          --give PATH                  the file or folder that answers a request of the technician (default: no)
          --log FILE                   keep the log of the session there, when it has ended
          --event-log FILE             also write the events there
          --repeat                     offer a new code after each session
        Commands on standard input: stop, go-on, let-finish, end, revoke WORDS, grant WORDS, say TEXT,
        show-chat, give-copied, display all|N, send PATH. What was copied goes to the technician whenever
        that is asked.
        End of input ends the program.
        """;

    public required Uri Server { get; init; }

    public required string Organization { get; init; }

    public string? OrganizationFile { get; init; }

    public string? ServerCertificate { get; init; }

    public Permissions Grant { get; init; } = Permissions.View;

    public string Name { get; init; } = "";

    public string Language { get; init; } = "en";

    public bool IsSynthetic { get; init; }

    /// <summary>Number of the one display that is shared, from 1; null for all.</summary>
    public int? Display { get; init; }

    /// <summary>An existing folder; null: nothing can be copied.</summary>
    public string? Downloads { get; init; }

    /// <summary>What a request of the technician is answered with; null: no.</summary>
    public string? Give { get; init; }

    /// <summary>Where the customer's log is kept; null: nowhere.</summary>
    public string? Log { get; init; }

    public string? EventLog { get; init; }

    public bool Repeats { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">Something is missing or not understood.</exception>
    public static Options Parse(string[] arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var repeats = false;
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            if (name == "--repeat") repeats = true;
            else if (!Known.Contains(name)) throw new UsageException($"There is no option {name}.");
            else if (i + 1 == arguments.Length) throw new UsageException($"The option {name} needs a value.");
            else values[name] = arguments[++i];
        }
        return new Options
        {
            Server = ParseServer(values.GetValueOrDefault("--server")),
            Organization = values.GetValueOrDefault("--organization") ?? throw new UsageException("The option --organization is missing."),
            OrganizationFile = values.GetValueOrDefault("--organization-file"),
            ServerCertificate = values.GetValueOrDefault("--server-certificate"),
            Grant = ParseGrants(values.GetValueOrDefault("--grant", "look")),
            Name = values.GetValueOrDefault("--name", ""),
            Language = values.GetValueOrDefault("--language", "en"),
            IsSynthetic = ParseScreen(values.GetValueOrDefault("--screen", "x11")),
            Display = ParseDisplay(values.GetValueOrDefault("--display", "all")),
            Downloads = ParseFolder(values.GetValueOrDefault("--downloads")),
            Give = values.GetValueOrDefault("--give"),
            Log = values.GetValueOrDefault("--log"),
            EventLog = values.GetValueOrDefault("--event-log"),
            Repeats = repeats,
        };
    }

    /// <summary>Permissions in the words of settled.md 14.</summary>
    /// <exception cref="UsageException">There is no such word.</exception>
    public static Permissions ParseGrants(string words)
    {
        var all = Permissions.None;
        foreach (var word in words.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            all |= word switch
            {
                "look" => Permissions.View,
                "facts" => Permissions.SystemInformation,
                "point" => Permissions.Draw,
                "control" => Permissions.Pointer | Permissions.Keyboard,
                "clipboard" => Permissions.ClipboardToHost | Permissions.ClipboardFromHost,
                "files" => Permissions.FilesToHost | Permissions.FilesFromHost,
                "files-to-host" => Permissions.FilesToHost,
                "files-from-host" => Permissions.FilesFromHost,
                "chat" => Permissions.Chat,
                "none" => Permissions.None,
                _ => throw new UsageException($"There is no permission '{word}': look, point, control, clipboard, files, chat, facts."),
            };
        }
        return all;
    }

    /// <summary>The number of a display, or null for all.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static int? ParseDisplay(string text)
    {
        if (text == "all") return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0) return number;
        throw new UsageException($"'{text}' names no display: all, or a number from 1.");
    }

    private static readonly string[] Known =
    [
        "--server", "--organization", "--organization-file", "--server-certificate", "--grant", "--name", "--language",
        "--screen", "--display", "--downloads", "--give", "--log", "--event-log",
    ];

    private static Uri ParseServer(string? text)
    {
        if (text is null) throw new UsageException("The option --server is missing.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            throw new UsageException($"The address {text} of the server is not one: it begins with https://.");
        if (server.Scheme == "http" && !server.IsLoopback)
            throw new UsageException("The server is reached by https only; http is for this very computer.");
        return server;
    }

    private static string? ParseFolder(string? folder) => folder is null || Directory.Exists(folder)
        ? folder
        : throw new UsageException($"There is no folder {folder}.");

    private static bool ParseScreen(string text) => text switch
    {
        "x11" => false,
        "synthetic" => true,
        _ => throw new UsageException($"There is no screen '{text}': x11 or synthetic."),
    };
}
