using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nabij.Server.Commands;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests;

/// <summary>
/// The whole server on a real socket of loopback, set up with one organization and its owner, in a data folder of its
/// own. Settings and the clock can be given. Its log is kept.
/// </summary>
internal sealed class RunningServer : IAsyncDisposable
{
    internal const string Slug = "test", Email = "tech@example.test", Password = "a long pass phrase 42", OwnerName = "Peter Tester";

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly bool _ownsFolder;

    private RunningServer(WebApplication app, DirectoryInfo folder, bool ownsFolder, KeptLog log)
    {
        _app = app;
        _folder = folder;
        _ownsFolder = ownsFolder;
        Log = log;
        Address = new Uri(app.Urls.First());
    }

    internal Uri Address { get; }

    internal KeptLog Log { get; }

    internal string Folder => _folder.FullName;

    internal IServiceProvider Services => _app.Services;

    internal static async Task<RunningServer> StartAsync(ServerChoices? choices = null)
    {
        choices ??= new ServerChoices();
        var folder = choices.Folder ?? Directory.CreateTempSubdirectory("nabij-server-test-");
        if (choices.Folder is null)
            await SetUpFolder.FillAsync(folder, choices.DemandsSecondFactor);

        var log = new KeptLog();
        var options = RunOptions.Parse(["--data", folder.FullName, .. choices.Arguments.Contains("--urls") ? choices.Arguments : ["--urls", "http://127.0.0.1:0", .. choices.Arguments]]);
        var app = Program.Build(options, builder =>
        {
            builder.Configuration.AddInMemoryCollection(choices.Settings);
            builder.Logging.ClearProviders();
            builder.Logging.AddProvider(log);
            if (choices.Clock is { } clock)
                builder.Services.Replace(ServiceDescriptor.Singleton(clock));
            PasswordCost.Lower(builder.Services);
            choices.Adjust?.Invoke(builder);
        });
        await RunCommand.StartAsync(app, options, CancellationToken.None);
        return new RunningServer(app, folder, choices.Folder is null, log);
    }

    /// <summary>A browser without a memory of earlier visits. It follows no redirects.</summary>
    internal Visitor Visit() => Address.Scheme == "https"
        ? new Visitor(Address, X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Folder, "self-signed.crt")))
        : new Visitor(Address);

    /// <summary>A unit of work in the organization's rows.</summary>
    internal async Task<ServerDatabase> OpenDatabaseAsync()
    {
        var organization = await Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(CancellationToken.None);
        return Services.GetRequiredService<DatabaseSource>().Open(organization.Id);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (!_ownsFolder)
            return;
        await TestDatabase.DropAsync(_folder.FullName);
        _folder.Delete(recursive: true);
    }

    internal static async Task SetUpAsync(DataFolder folder, bool demandsSecondFactor = false, byte[]? offlineKey = null)
    {
        await TestDatabase.PrepareAsync(folder.Path);
        await StorageFeature.PrepareAsync(folder, TimeProvider.System, CancellationToken.None);
        await using var services = CommandServices.Build(folder);
        await using var scope = services.CreateAsyncScope();
        var (organization, problems) = await scope.ServiceProvider.GetRequiredService<OrganizationSetup>().CreateAsync(
            new OrganizationSetup.Request
            {
                Name = "Computer shop Test",
                Slug = Slug,
                OwnerEmail = Email,
                OwnerPassword = Password,
                OwnerName = OwnerName,
                Phone = "020 555 0123",
                DemandsSecondFactor = demandsSecondFactor,
                OfflineKey = offlineKey,
            },
            CancellationToken.None);
        Assert.True(organization is not null, string.Join(" ", problems.Select(problem => problem.Key)));
        await PasswordCost.LowerAsync(services, organization);
    }
}

/// <summary>What a test chooses about its server; everything else is as in production.</summary>
internal sealed record ServerChoices
{
    internal bool DemandsSecondFactor { get; init; }

    internal TimeProvider? Clock { get; init; }

    internal IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Settings by name, such as `SignIn:Idle`.</summary>
    internal Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>A folder that is set up already and stays afterwards; null for a fresh one.</summary>
    internal DirectoryInfo? Folder { get; init; }

    internal Action<WebApplicationBuilder>? Adjust { get; init; }
}
