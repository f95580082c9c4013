using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.HostCore;
using Nabij.HostCore.Files;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol.Organizations;

namespace Nabij.HostApp.Flow;

/// <summary>
/// The program's way with the customer, from the first question to the last screen, as a chain of stages:
/// shop, contact, terms, code, session, end; or a problem in words. It knows windows only by
/// <see cref="IHostWindow"/>, and the session engine as one <see cref="CustomerConnection"/> at a time, the line.
/// Everything happens on the UI thread; only Stop does not wait for it.
/// </summary>
internal sealed class CustomerFlow : IAsyncDisposable
{
    /// <summary>The window of everything but questions during a session.</summary>
    public const string MainWindow = "main";

    /// <summary>The window of a question during a session.</summary>
    public const string AskWindow = "ask";

    /// <summary>The window in which the customer chooses what is shown, during a session.</summary>
    public const string DisplaysWindow = "displays";

    /// <summary>The window of the chat, beside the others.</summary>
    public const string ChatWindow = "chat";

    /// <summary>The window that shows how far files are.</summary>
    public const string FilesWindow = "files";

    /// <summary>The window of the question about files that the technician offers.</summary>
    public const string OfferWindow = "offer";

    /// <summary>The window of files that are kept for a while.</summary>
    public const string KeptWindow = "kept";

    /// <summary>The window of what the customer is about to send.</summary>
    public const string SendWindow = "send";

    /// <summary>The window that says why the picture rests by itself.</summary>
    public const string GuardWindow = "guard";

    /// <summary>The window of the hourly question.</summary>
    public const string StillWindow = "still";

    /// <summary>The window with the facts about the computer.</summary>
    public const string FactsWindow = "facts";

    /// <summary>The window about what the customer copied.</summary>
    public const string CopiedWindow = "copied";

    /// <summary>The window of an invitation: its question, its code, and what came of it.</summary>
    public const string InviteWindow = "invite";

    /// <summary>The window in which the customer meets one more participant.</summary>
    public const string JoinWindow = "join";

    private Wording _wording;
    private HostDesktop? _desktop;
    private volatile CustomerConnection? _line;
    private Task _closing = Task.CompletedTask;

    /// <param name="window">The shell; the caller runs it.</param>
    /// <param name="surroundings">What the program found around it at its start.</param>
    public CustomerFlow(IHostWindow window, Surroundings surroundings)
    {
        Window = window;
        Surroundings = surroundings;
        Server = new ShopServer(surroundings.Pages, surroundings.Time);
        _wording = Wording.Of(surroundings.Language);
        Phrases = new Phrases(_wording, null);
        Window.Happened += Take;
        Window.StopPressed += StopNow;
        Window.PrivatePressed += RestNow;
        Window.Locked += HoldLocked;
    }

    public IHostWindow Window { get; }

    public Surroundings Surroundings { get; }

    public ShopServer Server { get; }

    public TimeProvider Time => Surroundings.Time;

    public Phrases Phrases { get; private set; }

    public Stage? Stage { get; private set; }

    /// <summary>The organization, once it is known.</summary>
    public Organization? Organization { get; private set; }

    /// <summary>The session engine, while a code is shown or a session runs.</summary>
    public CustomerConnection? Line => _line;

    /// <summary>The computer's displays, and which of them are shared; null before there is a code.</summary>
    public HostDesktop? Desktop => _desktop;

    /// <summary>Shows the first screen. On the UI thread.</summary>
    public void Start(StartPoint start) => Go(start switch
    {
        StartPoint.Known known => KnownStage(known.Organization),
        StartPoint.Address address => new FetchShopStage(this, address.Value),
        StartPoint.Unreadable => new ProblemStage(this, ProblemStage.Display, null),
        StartPoint.Damaged => new ProblemStage(this, ProblemStage.Block, null),
        _ => new AskShopStage(this),
    });

    /// <summary>Brings what there is to the front: the program was started a second time.</summary>
    public void Raise() => Window.Raise(MainWindow);

    /// <summary>Leaves the stage and enters the next one.</summary>
    public void Go(Stage next)
    {
        Stage?.Dispose();
        Stage = next;
        next.Enter();
    }

    /// <summary>The program's own file; null where it is not known.</summary>
    public string? ProgramFile => Surroundings.ProgramFile;

    /// <summary>The same organization with what its server signed since, such as a longer deny list.</summary>
    public void Renew(Organization organization) => Organization = organization;

    public void Choose(Organization organization)
    {
        Organization = organization;
        Phrases = new Phrases(_wording, organization.Shop);
    }

    /// <summary>Takes back the choice of an organization that was not the right one.</summary>
    public void Forget()
    {
        Organization = null;
        Phrases = new Phrases(_wording, null);
    }

    /// <summary>Registers with the server, so that there is a code. What happens comes to the stage's Hear.</summary>
    /// <returns>False when this computer's screen cannot be shared.</returns>
    public bool OpenLine(ConsentRecord consent, string name)
    {
        var organization = Organization ?? throw new InvalidOperationException("Nobody is known to call.");
        try
        {
            _desktop ??= OpenDesktop();
        }
        catch (ScreenLostException)
        {
            return false;
        }

        var line = new CustomerConnection(new CustomerOptions
        {
            Organization = organization.Document,
            Consent = consent,
            CustomerName = name,
            Language = _wording.Language,
            Program = "Nabij " + Nabij.HostApp.Start.CustomerProgram.Version,
            Connect = token => Surroundings.Connect(organization.Server, token),
            Desktop = _desktop,
            Files = Surroundings.Downloads is { } downloads
                ? new ArrivalPlace(downloads, organization.Document.DisplayName, DateOnly.FromDateTime(Time.GetLocalNow().DateTime), organization.Document.Origin)
                : null,
            Time = Time,
        });
        line.Happened += told => Window.Post(() => Hear(line, told));
        _line = line;
        line.Start();
        return true;
    }

    /// <summary>Lets go of the server and of whatever session there is.</summary>
    public void CloseLine()
    {
        if (_line is not { } line)
            return;
        _line = null;
        _closing = CloseAsync(_closing, line);
    }

    /// <summary>Forgets a desktop whose screen was lost: the next line opens it anew.</summary>
    public void DropDesktop()
    {
        CloseLine();
        _desktop?.Dispose();
        _desktop = null;
    }

    /// <summary>Ends the program: nothing of it stays behind. The windows go at once; the line says goodbye first.</summary>
    public void Quit(int exitCode = 0)
    {
        Stage?.Dispose();
        Stage = null;
        CloseLine();
        Window.ShowBar(null);
        Window.Close(AskWindow);
        Window.Close(DisplaysWindow);
        Window.Close(ChatWindow);
        Window.Close(InviteWindow);
        Window.Close(JoinWindow);
        Window.Close(CopiedWindow);
        Window.Close(FactsWindow);
        Window.Close(GuardWindow);
        Window.Close(StillWindow);
        Window.Close(FilesWindow);
        Window.Close(OfferWindow);
        Window.Close(SendWindow);
        Window.Close(KeptWindow);
        Window.Close(MainWindow);
        _ = QuitAsync(exitCode);
    }

    /// <summary>Tells about a fault of the program itself.</summary>
    public void Fail(Exception failure)
    {
        Surroundings.Report(failure);
        CloseLine();
        Go(new ProblemStage(this, ProblemStage.Other, () => new AskContactStage(this)));
    }

    /// <summary>After the windows are gone. Bounded: a line that was told to end leaves within a second, whatever the network does.</summary>
    public async ValueTask DisposeAsync()
    {
        Window.Happened -= Take;
        Window.StopPressed -= StopNow;
        Window.PrivatePressed -= RestNow;
        Window.Locked -= HoldLocked;
        Stage?.Dispose();
        Stage = null;
        CloseLine();
        await _closing.ConfigureAwait(false);
        _desktop?.Dispose();
    }

    private static async Task CloseAsync(Task before, CustomerConnection line)
    {
        await before.ConfigureAwait(false);
        await line.DisposeAsync().ConfigureAwait(false);
    }

    private async Task QuitAsync(int exitCode)
    {
        try
        {
            await _closing.ConfigureAwait(false);
        }
        // Nobody waits for this task: whatever went wrong is told, and the program ends all the same.
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Surroundings.Report(failure);
        }
        finally
        {
            Window.Quit(exitCode);
        }
    }

    private AskContactStage KnownStage(Organization organization)
    {
        Choose(organization);
        return new AskContactStage(this);
    }

    private HostDesktop OpenDesktop()
    {
        var desktop = Surroundings.OpenDesktop();
        desktop.DisplaysChanged += () => Window.Post(() => (Stage as SessionStage)?.DisplaysChanged());
        return desktop;
    }

    // What an old line says after it was let go of concerns nobody.
    private void Hear(CustomerConnection line, CustomerEvent told)
    {
        if (!ReferenceEquals(line, _line))
            return;
        if (told is CustomerEvent.Faulted fault)
        {
            DropDesktop();
            Fail(fault.Failure);
        }
        else
        {
            Stage?.Hear(told);
        }
    }

    private void Take(Happening happening)
    {
        if (happening is { Part: "language", Value: { } language })
        {
            _wording = Wording.Of(language);
            Phrases = new Phrases(_wording, Organization?.Shop);
            Stage?.Refresh();
            return;
        }

        Stage?.Take(happening);
    }

    // Comes on a thread of its own, perhaps while the UI thread is stuck: first the gate, then the window.
    private void StopNow()
    {
        _line?.Stop();
        Window.Post(() => (Stage as SessionStage)?.ShowStopped());
    }

    private void HoldLocked() => _line?.NoteLocked();

    // As Stop: first the gate. The bar, and so the key, is there only while somebody looks.
    private void RestNow()
    {
        _line?.BeginPrivateMoment();
        Window.Post(() => (Stage as SessionStage)?.ShowPrivate(byKey: true));
    }
}
