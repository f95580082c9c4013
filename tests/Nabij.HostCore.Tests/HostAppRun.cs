using Nabij.HostApp.Flow;
using Nabij.HostApp.Screens;

namespace Nabij.HostCore.Tests;

/// <summary>The whole flow on the windowless shell, with a clock that stands still and a shop that answers.</summary>
internal sealed class HostAppRun : IDisposable
{
    public HostAppRun(StartPoint? start = null, string language = "en")
    {
        Shop.Date = Clock.GetUtcNow();
        Flow = new CustomerFlow(Window, new Surroundings
        {
            Time = Clock,
            Language = language,
            Start = start ?? new StartPoint.Organization(Shop.Organization),
            Server = Shop.Server(Clock),
            Report = Faults.Add,
        });
    }

    public ManualTimeProvider Clock { get; } = new();

    public HostAppShop Shop { get; } = new();

    public HostAppRecordingWindow Window { get; } = new();

    public CustomerFlow Flow { get; }

    public List<Exception> Faults { get; } = [];

    public Screen Main => Window.Main ?? throw new InvalidOperationException("No window is open.");

    public HostAppRun Start()
    {
        Flow.Start();
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
        Window.Answer("terms", "on");
        Window.Answer("licence", "on");
        Window.Answer("backup", "yes");
        Window.Press("continue");
        Hear(new SupportEvent.CodeReady(digits, Clock.GetUtcNow().AddMinutes(10), CodeNews.First));
    }

    public async Task ToWhoAsync()
    {
        await ToCodeAsync();
        Hear(new SupportEvent.WhoAsks("Peter", "0124"));
    }

    public async Task ToLookingAsync()
    {
        await ToWhoAsync();
        Window.Press("yes");
    }

    public void Hear(SupportEvent told)
    {
        Flow.Hear(told);
        Window.Pump();
    }

    public string Text(string part) => Main.Parts.Single(known => known.Id == part) switch
    {
        Words words => words.Text,
        Meter meter => meter.Text,
        Entry entry => entry.Error ?? string.Empty,
        var other => throw new InvalidOperationException(other.GetType().Name),
    };

    public void Dispose()
    {
        Flow.Dispose();
        Window.Dispose();
        Shop.Dispose();
    }
}
