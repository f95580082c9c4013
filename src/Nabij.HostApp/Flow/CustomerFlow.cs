using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.Protocol.Organizations;

namespace Nabij.HostApp.Flow;

/// <summary>
/// The program's way with the customer, from the first question to the last screen, as a chain of stages:
/// shop, contact, terms, code, session, end; or a problem in words. It knows windows only by
/// <see cref="IHostWindow"/>. Everything happens on the UI thread; only Stop does not wait for it.
/// </summary>
internal sealed class CustomerFlow : IDisposable
{
    /// <summary>The window of everything but questions during a session.</summary>
    public const string MainWindow = "main";

    /// <summary>The window of a question during a session.</summary>
    public const string AskWindow = "ask";

    private Wording _wording;

    /// <param name="window">The shell; the caller runs it.</param>
    /// <param name="surroundings">What the program found around it at its start.</param>
    public CustomerFlow(IHostWindow window, Surroundings surroundings)
    {
        Window = window;
        Surroundings = surroundings;
        _wording = Wording.Of(surroundings.Language);
        Phrases = new Phrases(_wording, null);
        Window.Happened += Take;
        Window.StopPressed += StopNow;
    }

    public IHostWindow Window { get; }

    public Surroundings Surroundings { get; }

    public TimeProvider Time => Surroundings.Time;

    public Phrases Phrases { get; private set; }

    public Stage? Stage { get; private set; }

    /// <summary>The organization, once it is known.</summary>
    public Organization? Organization { get; private set; }

    /// <summary>The session engine, while a code is shown or a session runs.</summary>
    public SupportLine? Line { get; private set; }

    /// <summary>Shows the first screen. On the UI thread.</summary>
    public void Start() => Go(Surroundings.Start switch
    {
        StartPoint.Organization known => KnownStage(known.Value),
        StartPoint.Address known => new FetchShopStage(this, known.Value),
        StartPoint.Unreadable => new ProblemStage(this, Problem.Display, null),
        StartPoint.Damaged => new ProblemStage(this, Problem.Block, null),
        _ => new AskShopStage(this),
    });

    /// <summary>Brings what there is to the front: the program was started a second time.</summary>
    public void Raise() => Window.Raise(MainWindow);

    /// <summary>Registers with the server, so that there is a code.</summary>
    public void OpenLine(ConsentRecord consent, string name)
    {
        Line = new SupportLine(this, consent, name);
        Line.Open();
    }

    /// <summary>Lets go of the server and of whatever session there is.</summary>
    public void CloseLine()
    {
        Line?.Dispose();
        Line = null;
    }

    /// <summary>Takes what the session engine says, on the UI thread.</summary>
    public void Hear(SupportEvent told) => Stage?.Hear(told);

    /// <summary>Leaves the stage and enters the next one.</summary>
    public void Go(Stage next)
    {
        Stage?.Dispose();
        Stage = next;
        next.Enter();
    }

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

    /// <summary>Ends the program: nothing of it stays behind.</summary>
    public void Quit(int exitCode = 0)
    {
        Stage?.Dispose();
        Stage = null;
        CloseLine();
        Window.ShowBar(null);
        Window.Close(AskWindow);
        Window.Close(MainWindow);
        Window.Quit(exitCode);
    }

    /// <summary>Tells about a fault of the program itself.</summary>
    public void Fail(Exception failure)
    {
        Surroundings.Report(failure);
        CloseLine();
        Go(new ProblemStage(this, Problem.Other, () => new AskContactStage(this)));
    }

    public void Dispose()
    {
        Window.Happened -= Take;
        Window.StopPressed -= StopNow;
        Stage?.Dispose();
        Stage = null;
        CloseLine();
    }

    private AskContactStage KnownStage(Organization organization)
    {
        Choose(organization);
        return new AskContactStage(this);
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

    // Comes on a thread of its own, perhaps while the UI thread is stuck.
    private void StopNow() => (Stage as SessionStage)?.StopNow();
}
