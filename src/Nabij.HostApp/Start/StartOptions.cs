namespace Nabij.HostApp.Start;

/// <summary>
/// The command line. A customer never types one: the options are for tests and for shops that try things
/// out. A program that carries an organization takes none that would lead it elsewhere.
/// </summary>
internal sealed record StartOptions
{
    public const string Usage = """
        nabij [options]
          --server URL               connect to this address
          --organization SLUG        the organization there
          --organization-file FILE   the signed document of the organization
          --server-certificate FILE  also trust this certificate of the server (PEM or DER)
          --language nl|en           the language to begin with
          --version                  print the version and end
          --help                     print this and end
        """;

    public Uri? Server { get; init; }

    public string? Organization { get; init; }

    public string? OrganizationFile { get; init; }

    public string? ServerCertificate { get; init; }

    public string? Language { get; init; }

    public bool Version { get; init; }

    public bool Help { get; init; }

    /// <summary>The first option that says whom to talk to or whom to trust; null when there is none.</summary>
    public string? Leading =>
        Server is not null ? "--server"
        : OrganizationFile is not null ? "--organization-file"
        : ServerCertificate is not null ? "--server-certificate"
        : Organization is not null ? "--organization"
        : null;

    /// <summary>Reads the command line.</summary>
    /// <returns>The options, or a sentence that says what is wrong.</returns>
    public static (StartOptions? Options, string? Error) Read(IReadOnlyList<string> arguments)
    {
        var options = new StartOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            if (name is "--version")
                options = options with { Version = true };
            else if (name is "--help" or "-h")
                options = options with { Help = true };
            else if (index + 1 == arguments.Count)
                return (null, $"{name}: unknown option, or its value is missing.");
            else if (options.With(name, arguments[++index]) is { } more)
                options = more;
            else
                return (null, $"{name}: unknown option, or its value does not fit.");
        }

        return (options, null);
    }

    private StartOptions? With(string name, string value) => name switch
    {
        "--server" => Flow.ShopAddress.Read(value) is { Address: { } address } ? this with { Server = address.Server } : null,
        "--organization" => Flow.ShopAddress.IsSlug(value) ? this with { Organization = value } : null,
        "--organization-file" => this with { OrganizationFile = value },
        "--server-certificate" => this with { ServerCertificate = value },
        "--language" => Texts.Wording.Languages.Contains(value) ? this with { Language = value } : null,
        _ => null,
    };
}
