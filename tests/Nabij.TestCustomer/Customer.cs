using System.Globalization;
using Nabij.HostCore;
using Nabij.HostCore.Files;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Log;
using Nabij.Protocol.Organizations;

namespace Nabij.TestCustomer;

/// <summary>The scripted customer: shows codes as events, grants what it was told, acts on commands, until the session has ended.</summary>
internal sealed class Customer(Options options, EventLines events, HostDesktop desktop, ServerAddress server) : IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private readonly CopiedFiles copied = new(options, events);
    private volatile CustomerConnection? connection;
    private ExitCode exit = ExitCode.Ok;

    /// <summary>Runs one session, or one after another with --repeat.</summary>
    public async Task<ExitCode> RunAsync(OrganizationDocument organization, ConsentRecord consent)
    {
        do await RunOneAsync(organization, consent).ConfigureAwait(false);
        while (options.Repeats && exit == ExitCode.Ok && !leaving.IsCancellationRequested);
        return exit;
    }

    /// <summary>Input has ended: so does the program.</summary>
    public void Leave()
    {
        leaving.Cancel();
        connection?.End(EndReason.ProgramClosed);
    }

    /// <summary>Carries out one line of input.</summary>
    public void Do(string command)
    {
        var (deed, rest) = command.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space
            ? (command[..space], command[space..].Trim())
            : (command, "");
        switch (deed)
        {
            case "stop":
                connection?.Stop();
                events.Write("stopped");
                break;
            case "go-on":
                connection?.GoOn();
                events.Write("continued");
                break;
            case "let-finish":
                connection?.LetFinish();
                events.Write("finishing");
                break;
            case "send":
                events.Write(Files?.TrySend([rest]) == true ? "sending" : "not-sending", ("path", rest));
                break;
            case "end":
                connection?.End(EndReason.CustomerEnded);
                break;
            case "grant":
                Grant(Options.ParseGrants(rest));
                break;
            case "revoke":
                connection?.Revoke(Options.ParseGrants(rest));
                events.Write("revoked", ("permissions", Options.ParseGrants(rest)));
                break;
            case "say":
                events.Write(ChatLine.TryForm(rest) is { } line && connection?.TrySay(line) == true ? "said" : "not-said");
                break;
            case "show-chat":
                connection?.ShowLines();
                break;
            case "invite-relative":
                events.Write(connection?.TryInviteRelative(rest) == true ? "inviting" : "not-inviting");
                break;
            case "give-copied":
                connection?.OfferCopied();
                break;
            case "display":
                Share(Options.ParseDisplay(rest));
                break;
            default:
                throw new UsageException(
                    $"There is no command '{deed}': stop, go-on, let-finish, end, grant WORDS, revoke WORDS, say TEXT, show-chat, invite-relative NAME, give-copied, display all|N, send PATH.");
        }
    }

    /// <summary>Shares all displays, or only the one of this number from the left.</summary>
    public void Share(int? number)
    {
        if (number > desktop.Displays.Count) throw new UsageException($"There is no display {number}: this computer has {desktop.Displays.Count}.");
        var choice = number is { } one ? DisplayChoice.Of([desktop.Displays[one - 1].Key]) : DisplayChoice.All;
        if (connection is { } session) session.Share(choice);
        else desktop.Share(choice);
        events.Write("shared", ("display", number?.ToString(CultureInfo.InvariantCulture) ?? "all"));
    }

    public void Dispose() => leaving.Dispose();

    private async Task RunOneAsync(OrganizationDocument organization, ConsentRecord consent)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var mine = new CustomerConnection(new CustomerOptions
        {
            Organization = organization,
            Consent = consent,
            CustomerName = options.Name,
            Language = options.Language,
            Program = "Nabij test customer 0.1.0",
            Files = options.Downloads is { } downloads
                ? new ArrivalPlace(downloads, organization.DisplayName, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime), organization.Origin)
                : null,
            Ceiling = options.Grant | Permissions.View | Permissions.Chat | Permissions.Draw | Permissions.Pointer | Permissions.Keyboard,
            Connect = server.OpenAsync,
            Desktop = desktop,
        });
        mine.Happened += what => Hear(what, over);
        connection = mine;
        mine.Start();
        await using var left = leaving.Token.UnsafeRegister(_ => over.TrySetResult(), null);
        await over.Task.ConfigureAwait(false);
        connection = null;
    }

    private FileExchange? Files => connection?.Session.Participants is [var one, ..] ? one.Files : null;

    private void Hear(CustomerEvent what, TaskCompletionSource over)
    {
        switch (what)
        {
            case CustomerEvent.CodeReady code:
                events.Write("code", ("code", code.Digits));
                break;
            case CustomerEvent.Joined:
                events.Write("joined");
                break;
            case CustomerEvent.WrongCode:
                events.Write("wrong-code");
                break;
            case CustomerEvent.TechnicianRefused refused:
                events.Write("technician-refused", ("revoked", refused.IsRevoked ? 1 : 0));
                break;
            case CustomerEvent.Paused:
                events.Write("paused");
                break;
            case CustomerEvent.TechnicianConnected who:
                events.Write("connected", ("technician", who.Technician), ("organization", who.Organization), ("checkNumber", who.CheckNumber));
                if (options.Grant != Permissions.None) Grant(options.Grant);
                break;
            case CustomerEvent.Asked asked:
                if (asked.Person > HostSession.FirstPerson) connection?.Grant(asked.Permissions, asked.Person);
                else Answer(asked.Permissions);
                break;
            case CustomerEvent.InviteAsked invited:
                events.Write("invite-asked", ("name", invited.Name), ("purpose", invited.Purpose.ToString()));
                connection?.AnswerInvite(agrees: true);
                break;
            case CustomerEvent.InviteReady ready:
                events.Write("invite-code", ("code", ready.Digits));
                break;
            case CustomerEvent.InviteOver gone:
                events.Write("invite-over", ("why", gone.Why.ToString()));
                break;
            case CustomerEvent.ParticipantConnected came:
                events.Write("participant", ("person", (int)came.Person), ("name", came.Name), ("checkNumber", came.CheckNumber));
                connection?.Grant(Permissions.View | Permissions.Chat, came.Person);
                break;
            case CustomerEvent.ParticipantLeft left:
                events.Write("left", ("person", (int)left.Person));
                break;
            case CustomerEvent.Halted halted:
                events.Write("halted", ("name", halted.Name));
                break;
            case CustomerEvent.FactsAsked facts:
                // What is granted by --grant goes at once, as everything else.
                connection?.AnswerFacts(send: true);
                events.Write("facts", ("count", facts.Facts.Count));
                break;
            case CustomerEvent.FactsUnasked:
                connection?.AnswerFacts(send: false);
                break;
            case CustomerEvent.LineCame line:
                events.Write("line", ("text", line.Text));
                break;
            case CustomerEvent.LinesMarked marked:
                events.Write("marked", ("delivered", (int)marked.Delivered), ("seen", (int)marked.Seen));
                break;
            case CustomerEvent.CopiedAsked asked:
                events.Write("copied-asked", ("characters", asked.Characters));
                connection?.AnswerCopied(send: true);
                break;
            case CustomerEvent.CopiedUnasked:
                events.Write("copied-unasked");
                connection?.AnswerCopied(send: false);
                break;
            case CustomerEvent.NothingCopied nothing:
                events.Write("nothing-copied", ("why", Words.Of(nothing.Why)));
                break;
            case CustomerEvent.TextPlaced placed:
                events.Write("text-placed", ("bytes", placed.Bytes));
                break;
            case CustomerEvent.PictureKept picture:
                events.Write("picture-kept", ("picture", picture.Picture.ToString("N")), ("person", (int)picture.Person));
                break;
            case CustomerEvent.TextGiven given:
                events.Write("text-given", ("bytes", given.Bytes));
                break;
            case CustomerEvent.Refused refused:
                events.Write("refused", ("channel", Words.Of(refused.Channel)), ("type", (int)refused.Type));
                break;
            case CustomerEvent.FilesChanged changed:
                copied.Hear(changed.Files, changed.Now);
                break;
            case CustomerEvent.ConnectionAway:
                events.Write("away");
                break;
            case CustomerEvent.ConnectionBack back:
                events.Write("back");
                if (back.Held != Permissions.None) Grant(back.Held);
                break;
            case CustomerEvent.Ended ended:
                if (options.Log is { } kept && connection?.Session.Log is { } log) File.WriteAllText(kept, LogCheck.Armor(log.Block()));
                events.Write("ended", ("reason", Words.Of(ended.Reason)));
                over.TrySetResult();
                break;
            case CustomerEvent.InTheWay or CustomerEvent.TooManyWrong or CustomerEvent.Faulted:
                Fail(what);
                over.TrySetResult();
                break;
        }
    }

    private void Answer(Permissions asked)
    {
        events.Write("asked", ("permissions", asked));
        var allowed = asked & options.Grant;
        if (allowed == Permissions.None) connection?.Decline(asked);
        else Grant(allowed);
    }

    // Chat comes with look (settled.md 14).
    private void Grant(Permissions permissions)
    {
        if (permissions.HasFlag(Permissions.View)) permissions |= Permissions.Chat;
        connection?.Grant(permissions);
        events.Write("granted", ("permissions", permissions));
    }

    private void Fail(CustomerEvent what)
    {
        var (word, text, code) = what switch
        {
            CustomerEvent.InTheWay way => (Words.Of(way.Trouble.Kind), Words.Explain(way.Trouble),
                way.Trouble.Kind == TroubleKind.Screen ? ExitCode.NoScreen : ExitCode.NoServer),
            CustomerEvent.Faulted { Failure: var failure } => ("fault", $"A defect of this program: {failure}", ExitCode.Fault),
            _ => ("too-many-wrong-codes", "Six wrong codes in a row were entered; no more codes are offered.", ExitCode.TooManyWrongCodes),
        };
        exit = code;
        events.Write("error", ("error", word), ("message", text));
        Console.Error.WriteLine(text);
    }
}
