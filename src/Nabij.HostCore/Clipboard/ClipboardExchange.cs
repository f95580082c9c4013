using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Clipboard;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Clipboard;

/// <summary>What a message of the clipboard channel brought that somebody must be told of, outside the gate's lock.</summary>
/// <param name="Wanted">The number of a REQUEST that the customer is to answer; 0 for none.</param>
/// <param name="Given">Bytes of the customer's text that has now arrived as a whole; 0 for none.</param>
internal readonly record struct ClipboardNews(uint Wanted, int Given);

/// <summary>
/// Copied text to and from one viewer (docs/protocol/07, "Interactions of the clipboard"): puts its pieces together,
/// places whole texts, keeps the customer's text on its way in the window of two pieces, and answers everything once.
/// Thread-safe; takes the locks of the queues, never those of the gate.
/// </summary>
internal sealed class ClipboardExchange(SendQueues queues, PermissionGate permissions, IClipboard clipboard, TimeProvider time)
{
    // Chapter 07, interaction 5.
    private static readonly TimeSpan LeastAfterText = TimeSpan.FromSeconds(1), LeastAfterRequest = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private ArrivingText? arriving;
    private uint last, said, placing, request;
    private int connection;
    private long? textEnded, requestEnded;

    /// <summary>A text of so many bytes is on the customer's clipboard. On a thread of the pool.</summary>
    public event Action<int>? Placed;

    /// <summary>The connection is lost or over: what was open is so no longer.</summary>
    public event Action? Forgotten;

    /// <summary>Takes a message that may have its effect; under the gate's lock.</summary>
    /// <param name="message">Of the viewer.</param>
    /// <param name="halted">Canceled once the effect may not happen any more.</param>
    /// <exception cref="WireFormatException">The viewer broke the protocol.</exception>
    public ClipboardNews Take(ClipboardMessage message, CancellationToken halted)
    {
        lock (gate)
        {
            switch (message)
            {
                case ClipboardText text:
                    Begin(text, halted);
                    break;
                case ClipboardMore more when arriving?.Number == more.Number:
                    Add(more.Content, halted);
                    break;
                case ClipboardTaken taken:
                    return new ClipboardNews(0, NoteTaken(taken));
                case ClipboardRequest:
                    return new ClipboardNews(Open(message.Number), 0);
            }
            return default;
        }
    }

    /// <summary>A message was dropped for want of a permission: it is answered all the same.</summary>
    public void Refuse(ClipboardMessage message)
    {
        if (message is not (ClipboardText or ClipboardRequest)) return;
        lock (gate)
        {
            Advance(message.Number);
            Put(message.Number, ClipboardOutcome.NotNow);
        }
    }

    /// <summary>Answers a REQUEST that brings no text. Number 0 was nobody's request.</summary>
    public void Answer(uint number, ClipboardOutcome outcome)
    {
        lock (gate)
        {
            if (number != 0 && number == request) End(outcome);
        }
    }

    /// <summary>Sends the customer's text, for this REQUEST or for none. False when it may not go now.</summary>
    public bool TryGive(uint number, byte[] text)
    {
        var isGiven = false;
        permissions.Observe(inForce =>
        {
            lock (gate)
            {
                // The request may have ended with its connection.
                isGiven = (inForce & Permissions.ClipboardFromHost) != 0 && number == request;
                if (isGiven) queues.PutText(++said, number, text);
            }
        });
        return isGiven;
    }

    /// <summary>True while a text of the customer is on its way.</summary>
    public bool IsGiving => queues.HasText;

    /// <summary>Gives up what these permissions do not allow any more.</summary>
    public void GiveUp(Permissions inForce)
    {
        lock (gate)
        {
            if ((inForce & Permissions.ClipboardToHost) == 0) GiveUpArriving();
            if ((inForce & Permissions.ClipboardFromHost) == 0 && queues.DropText() is { } dropped && dropped != 0) End(ClipboardOutcome.NotNow);
        }
    }

    /// <summary>The connection is lost: nothing of it is answered, and nothing comes again.</summary>
    public void Forget()
    {
        lock (gate)
        {
            connection++;
            arriving = null;
            request = placing = 0;
            queues.DropText();
        }
        Forgotten?.Invoke();
    }

    private void Begin(ClipboardText text, CancellationToken halted)
    {
        Advance(text.Number);
        GiveUpArriving();
        if (placing != 0 || IsTooSoon(textEnded, LeastAfterText))
        {
            Put(text.Number, ClipboardOutcome.TooOften);
            return;
        }
        arriving = new ArrivingText(text.Number, text.Length);
        Add(text.Content, halted);
    }

    private void Add(ReadOnlyMemory<byte> content, CancellationToken halted)
    {
        var text = arriving!;
        text.Add(content.Span);
        queues.PutClipboard(new ClipboardTaken(text.Number, text.Arrived));
        if (!text.IsWhole) return;
        arriving = null;
        placing = text.Number;
        var (whole, here) = (CopiedText.Read(text.Bytes), connection);
        // Not on this thread: it holds the gate.
        _ = Task.Run(() => PlaceAsync(text.Number, whole, here, halted), CancellationToken.None);
    }

    private async Task PlaceAsync(uint number, string text, int here, CancellationToken halted)
    {
        ClipboardOutcome outcome;
        try
        {
            outcome = await clipboard.PlaceAsync(text, halted).ConfigureAwait(false) ? ClipboardOutcome.Placed : ClipboardOutcome.Failed;
        }
        catch (OperationCanceledException)
        {
            outcome = ClipboardOutcome.NotNow;
        }
        lock (gate)
        {
            if (here == connection)
            {
                placing = 0;
                textEnded = time.GetTimestamp();
                Put(number, outcome);
            }
        }
        if (outcome == ClipboardOutcome.Placed) Placed?.Invoke(System.Text.Encoding.UTF8.GetByteCount(text));
    }

    private uint Open(uint number)
    {
        Advance(number);
        if (request != 0 || IsGiving || IsTooSoon(requestEnded, LeastAfterRequest))
        {
            Put(number, ClipboardOutcome.TooOften);
            return 0;
        }
        return request = number;
    }

    private int NoteTaken(ClipboardTaken taken)
    {
        if (queues.NoteTaken(taken) is not { } arrived) return 0;
        if (request != 0) (request, requestEnded) = (0, time.GetTimestamp());
        return arrived;
    }

    private void End(ClipboardOutcome outcome)
    {
        Put(request, outcome);
        request = 0;
        requestEnded = time.GetTimestamp();
    }

    private void GiveUpArriving()
    {
        if (arriving is null) return;
        Put(arriving.Number, ClipboardOutcome.NotNow);
        arriving = null;
    }

    private void Advance(uint number)
    {
        WireReader.Require(number > last, WireError.InvalidValue);
        last = number;
    }

    private bool IsTooSoon(long? ended, TimeSpan least) => ended is { } at && time.GetElapsedTime(at) < least;

    private void Put(uint number, ClipboardOutcome outcome) => queues.PutClipboard(new ClipboardAnswer(number, outcome));
}
