// The test customer: parses, opens the desktop, asks the server, runs. Every expected failure is one JSON event, one
// sentence on standard error, and an exit code.
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Nabij.HostCore;
using Nabij.HostCore.Input;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Rendezvous;
using Nabij.TestCustomer;

if (args.Contains("--help"))
{
    Console.Out.WriteLine(Options.Usage);
    return (int)ExitCode.Ok;
}

Options options;
try
{
    options = Options.Parse(args);
}
catch (UsageException wrong)
{
    Console.Error.WriteLine($"{wrong.Message} See --help.");
    return (int)ExitCode.Usage;
}

using var events = new EventLines(options.EventLog);
try
{
    using var desktop = options.IsSynthetic ? Synthetic() : HostDesktop.Open(TimeProvider.System, options.Display is null ? DisplayChoice.All : DisplayChoice.None);
    using var certificate = options.ServerCertificate is { } file ? X509CertificateLoader.LoadCertificate(File.ReadAllBytes(file)) : null;
    using var server = new ServerAddress(options.Server, certificate);
    var pages = new OrganizationPages(server.Http, options, TimeProvider.System);
    var organization = await pages.FetchOrganizationAsync(CancellationToken.None);
    var consent = await pages.AcceptTermsAsync(CancellationToken.None);
    using var customer = new Customer(options, events, desktop, server);
    if (options.Display is { } number) customer.Share(number);
    new Thread(() => ReadCommands(customer)) { IsBackground = true, Name = "commands" }.Start();
    return (int)await customer.RunAsync(organization, consent);
}
catch (UsageException wrong)
{
    return Fail("usage", wrong.Message, ExitCode.Usage);
}
catch (ScreenLostException lost)
{
    return Fail("no-screen", lost.Message, ExitCode.NoScreen);
}
catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
{
    var trouble = Trouble.Of(failure);
    return Fail(Words.Of(trouble.Kind), Words.Explain(trouble), ExitCode.NoServer);
}
catch (Exception failure) when (failure is InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException)
{
    return Fail("server", $"The server does not say properly who the organization is: {failure.Message}", ExitCode.NoServer);
}
catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
{
    return Fail("file", $"A file cannot be read: {failure.Message}", ExitCode.Usage);
}

int Fail(string word, string text, ExitCode code)
{
    events.Write("error", ("error", word), ("message", text));
    Console.Error.WriteLine(text);
    return (int)code;
}

void ReadCommands(Customer customer)
{
    while (Console.In.ReadLine() is { } line)
    {
        try
        {
            if (line.Trim() is { Length: > 0 } command) customer.Do(command);
        }
        catch (UsageException wrong)
        {
            events.Write("error", ("error", "command"), ("message", wrong.Message));
        }
    }
    customer.Leave();
}

static HostDesktop Synthetic()
{
    var screen = new SyntheticScreen(1024, 768);
    screen.Fill(0, 0, 1024, 768, 0x2A4A6A);
    screen.Fill(200, 150, 400, 300, 0xE0E0E0);
    return new HostDesktop(screen, new RecordingInputSink(), TimeProvider.System);
}
