using System.Runtime.ExceptionServices;
using Nabij.HostCore.Files;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Session;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Session;

/// <summary>A participant on its connections: it runs on one, is lost, comes back on another (docs/protocol/02, Resume), and ends.</summary>
public sealed partial class Participant
{
    // Chapter 02, "Resume", step 5.
    private static readonly TimeSpan FullReturn = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Runs until the participant has left, or the connection is lost (<see cref="Lost"/> is set then); says why. A fault
    /// of our own comes out as it is, after everything is shut.
    /// </summary>
    public async Task<SessionEnd> RunAsync(CancellationToken cancellationToken)
    {
        SessionEnd seen;
        try
        {
            seen = await connection.RunAsync(Intake.Take, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            ShutDown();
            throw;
        }
        if (seen == SessionEnd.ConnectionLost && !cancellationToken.IsCancellationRequested && TrySuspend()) return seen;
        ShutDown();
        if (fault is not null) ExceptionDispatchInfo.Throw(fault);
        return decided ?? seen;
    }

    /// <summary>Answers R1 (chapter 02); null when it is refused, which costs nothing.</summary>
    internal (ResumedSession Session, byte[] R2)? Answer(ReadOnlySpan<byte> r1)
    {
        lock (announcing)
        {
            if (lost is null) return null;
            try
            {
                IReadOnlyList<LastMessageId> ids = conversation.Heard is > 0 and var heard ? [new LastMessageId((byte)Channel.Chat, heard)] : [];
                return (resuming.Answer(r1, ids, out var r2), r2);
            }
            catch (Exception refusal) when (refusal is ResumeException or WireFormatException)
            {
                return null;
            }
        }
    }

    /// <summary>Goes on over another transport, as <see cref="RunAsync"/>. Nothing is in force before the viewer's RESUMED has come.</summary>
    internal async Task<SessionEnd> GoOnAsync(ITransport transport, ResumedSession resumed)
    {
        var before = connection;
        connection = Bind(new SealedConnection(transport, resumed.Keys, queues, time, () => ComeBack(resumed)));
        await before.DisposeAsync().ConfigureAwait(false);
        if (over.IsCancellationRequested) connection.Abort();
        return await RunAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The viewer has not come back in time.</summary>
    internal SessionEnd GiveUp()
    {
        ShutDown();
        if (fault is not null) ExceptionDispatchInfo.Throw(fault);
        return decided ?? SessionEnd.ConnectionLost;
    }

    /// <summary>Ends the session from this side: at once here, and told by CLOSE where the line still carries it.</summary>
    public void End(EndReason reason)
    {
        decided ??= (SessionEnd)reason;
        ShutDown();
        WriteEnd();
        queues.PutControl(new Close(reason).Encode());
        connection.EndSoon();
    }

    private SealedConnection Bind(SealedConnection made)
    {
        made.ViewerClosed = EndByViewer;
        made.AwaitsAnswer = () => witness is { IsAwaited: true };
        return made;
    }

    // The reader's thread. True while the technician's program may still sign the end of the log.
    private bool EndByViewer(SessionEnd reason)
    {
        decided ??= reason;
        ShutDown();
        WriteEnd();
        return witness is { IsAwaited: true };
    }

    // Where the program has a word of its own for why, the protocol has none.
    private void WriteEnd() => witness?.End(decided is { } end && Enum.IsDefined((EndReason)end) ? (EndReason)end : null);

    private void Countersign(Countersigned signature)
    {
        if (witness is not { } log) return;
        var wasAwaited = log.IsAwaited;
        log.Take(signature);
        if (wasAwaited && !log.IsAwaited) connection.Leave();
    }

    // On the worker's thread. The other side broke the protocol, or we did.
    private void FailFiles(Exception failure)
    {
        if (failure is WireFormatException)
        {
            End(EndReason.ProtocolError);
            return;
        }
        fault ??= failure;
        connection.Abort();
    }

    private void ShutDown()
    {
        gate.Close();
        picture.Close();
        ReleaseHeld();
        Clipboard.Forget();
        Facts.Forget();
        lock (announcing)
        {
            picture.Close();
            lost = null;
            // There is no resume after an end.
            secrets.Dispose();
        }
        try
        {
            over.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    // The viewer may come back: everything is shut, and nothing of it forgotten. False when the session is over anyway.
    private bool TrySuspend()
    {
        gate.Suspend();
        picture.Close();
        ReleaseHeld();
        Clipboard.Forget();
        Facts.Forget();
        lock (announcing)
        {
            picture.Close();
            queues.DropAll();
            if (decided is not null || fault is not null || over.IsCancellationRequested) return false;
            lost ??= new Loss(++losses, connection.LastHeard);
            return true;
        }
    }

    // The viewer's RESUMED has opened. It knows nothing of what is in force until it is told, from number 1 on.
    private void ComeBack(ResumedSession resumed)
    {
        var held = Permissions.None;
        lock (announcing)
        {
            if (lost is not { Since: var since }) return;
            secrets.Confirm(resumed.Generation);
            conversation.Learn(resumed.PeerIds.FirstOrDefault(last => last.Channel == (byte)Channel.Chat).Id);
            if (since.Elapsed(time) >= FullReturn)
            {
                held = gate.Granted & ~(Permissions.View | Permissions.Chat);
                awaited = held & FileWays.Both;
                gate.Revoke(held);
            }
            lost = null;
            number = 0;
            gate.Restore();
            toldPause = null;
            Announce(() => gate.Granted == Permissions.None ? new Revoke(++number, Permissions.None) : new Grant(++number, gate.Granted));
            TellPause();
            if (MayHear) conversation.SayAgain();
            OpenFiles();
            ShowPicture();
        }
        witness?.Begin();
        CameBack?.Invoke(held);
    }
}
