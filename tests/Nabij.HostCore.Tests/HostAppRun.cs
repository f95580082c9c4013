using Nabij.HostApp.Flow;
using Nabij.HostApp.Screens;
using Nabij.HostCore.Input;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol;

namespace Nabij.HostCore.Tests;

/// <summary>The whole flow on the windowless shell, with a clock that stands still and a shop that answers.</summary>
internal sealed class HostAppRun : IAsyncDisposable
{
    private readonly HttpClient _pages;
    private readonly StartPoint _start;

    public HostAppRun(StartPoint? start = null, string language = "en", Keeping? keeping = null)
    {
        Shop.Date = Clock.GetUtcNow();
        _start = start ?? new StartPoint.Known(Shop.Organization);
        _pages = new HttpClient(Shop, disposeHandler: false);
        Flow = new CustomerFlow(Window, new Surroundings
        {
            Time = Clock,
            Language = language,
            Pages = _ => _pages,
            Connect = async (_, token) =>
            {
                if (ConnectFault is { } fault)
                    throw fault;
                // A server that takes the connection and never answers: the engine waits, and tests say what happens.
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                throw new InvalidOperationException("Nobody waits that long.");
            },
            OpenDesktop = () => OpensDesktop
                ? new HostDesktop(Screen, new RecordingInputSink(), Clock)
                : throw new ScreenLostException("There is no screen."),
            Report = Faults.Add,
            Keeping = keeping,
        });
    }

    public ManualTimeProvider Clock { get; } = new();

    public HostAppShop Shop { get; } = new();

    /// <summary>What goes wrong unexpectedly when the engine connects.</summary>
    public Exception? ConnectFault { get; init; }

    /// <summary>The displays of this computer.</summary>
    public SyntheticScreen Screen { get; init; } = new(64, 64);

    /// <summary>Whether this computer has a screen to share.</summary>
    public bool OpensDesktop { get; set; } = true;

    public HostAppRecordingWindow Window { get; } = new();

    public CustomerFlow Flow { get; }

    public List<Exception> Faults { get; } = [];

    public Screen Main => Window.Main ?? throw new InvalidOperationException("No window is open.");

    public HostAppRun Start()
    {
        Flow.Start(_start);
        return this;
    }

    public void Pass(TimeSpan time)
    {
        Clock.Advance(time);
        Window.Pump();
    }

    /// <summary>Goes to the terms on the shortest way.</summary>
    public async Task ToTermsAsync()
    {
        Start();
        Window.Press("yes");
        await Window.UntilScreenAsync("terms");
    }

    /// <summary>Goes to the code and lets the engine say it.</summary>
    public async Task ToCodeAsync(string digits = "417902635")
    {
        await ToTermsAsync();
        AgreeToAll();
        Hear(new CustomerEvent.CodeReady(digits, Clock.GetUtcNow().AddMinutes(10), CodeNews.First));
    }

    public void AgreeToAll()
    {
        Window.Answer("terms", "on");
        Window.Answer("licence", "on");
        Window.Answer("backup", "yes");
        Window.Press("continue");
    }

    public async Task ToWhoAsync()
    {
        await ToCodeAsync();
        Hear(new CustomerEvent.TechnicianConnected("Peter", "De Linde", "0124", Permissions.View));
    }

    public async Task ToLookingAsync()
    {
        await ToWhoAsync();
        Window.Press("yes");
    }

    public void Hear(CustomerEvent told)
    {
        Flow.Stage!.Hear(told);
        Window.Pump();
    }

    public string Text(string part) => Main.Parts.Single(known => known.Id == part) switch
    {
        Words words => words.Text,
        Meter meter => meter.Text,
        Entry entry => entry.Error ?? string.Empty,
        var other => throw new InvalidOperationException(other.GetType().Name),
    };

    public async ValueTask DisposeAsync()
    {
        await Flow.DisposeAsync();
        _pages.Dispose();
        Window.Dispose();
        Shop.Dispose();
    }
}
