using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Commands;

/// <summary>`nabij-server setup`: makes an organization with its owner, without a browser.</summary>
internal static class SetupCommand
{
    internal static readonly string[] Values =
    [
        "--data", "--organization", "--slug", "--owner-email", "--owner-password", "--owner-password-file", "--owner-name",
        "--legal-name", "--trade-number", "--phone", "--abuse-contact", "--color", "--origin", "--language", "--organization-key",
        .. DatabaseAddress.Values,
    ];

    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, Values, ["--no-second-factor"]);
        var request = Read(arguments);
        var folder = new DataFolder(arguments.Require("--data"));
        folder.Open();
        DatabaseAddress.Keep(folder, DatabaseAddress.From(arguments));
        await StorageFeature.PrepareAsync(folder, TimeProvider.System, cancellation);

        await using var services = CommandServices.Build(folder);
        await using var scope = services.CreateAsyncScope();
        var (organization, problems) = await scope.ServiceProvider.GetRequiredService<OrganizationSetup>().CreateAsync(request, cancellation);
        if (organization is null)
            throw OperatorException.Usage($"Nothing was made. {string.Join(" ", problems.Select(problem => problem.In(Texts.English)))}");

        await terminal.Out.WriteLineAsync($"{organization.Name} is set up as /o/{organization.Slug}. {request.OwnerEmail} signs in at /sign-in.");
        if (request.OfflineKey is { } offline)
            await terminal.Out.WriteLineAsync($"Its key is kept elsewhere (fingerprint {KeyFile.Fingerprint(offline)}). Next: `nabij-server requests`, `sign`, `import`; until then customers' programs do not know this server.");
        return ExitCode.Done;
    }

    private static OrganizationSetup.Request Read(Arguments arguments)
    {
        var email = arguments.Require("--owner-email");
        var request = new OrganizationSetup.Request
        {
            Name = arguments.Require("--organization"),
            Slug = arguments.Require("--slug"),
            OwnerEmail = email,
            OwnerPassword = ReadPassword(arguments),
            OwnerName = arguments.Find("--owner-name") ?? email.Split('@')[0],
            LegalName = arguments.Find("--legal-name") ?? "",
            TradeNumber = arguments.Find("--trade-number") ?? "",
            Phone = arguments.Find("--phone") ?? "",
            AbuseContact = arguments.Find("--abuse-contact") ?? "",
            OfflineKey = arguments.Find("--organization-key") is { } key ? KeyFile.ReadPublic(key) : null,
            Origin = arguments.Find("--origin") is { } origin ? Origin.Parse(origin).Text : "",
            DemandsSecondFactor = !arguments.Has("--no-second-factor"),
        };
        return request with
        {
            Color = arguments.Find("--color") ?? request.Color,
            Language = arguments.Find("--language") ?? request.Language,
        };
    }

    private static string ReadPassword(Arguments arguments)
    {
        if (arguments.Find("--owner-password-file") is not { } file)
            return arguments.Require("--owner-password");
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The password file cannot be read: {exception.Message}", cause: exception);
        }
    }
}
