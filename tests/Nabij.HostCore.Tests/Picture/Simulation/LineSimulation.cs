using Nabij.HostCore.Input;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Session;
using Nabij.Protocol.Input;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Picture.Simulation;

/// <summary>
/// The product's own schedule, window, ladder and queues between a synthetic screen and a simulated viewer, over a
/// simulated line, in virtual time on one thread: the same numbers give the same run. Deeper buffers than any real road
/// take all that is sent at once, so that the window alone keeps the queue short.
/// </summary>
internal sealed class LineSimulation : IDisposable
{
    public const int Width = 960, Height = 544, Columns = Width / 16, Rows = Height / 16, Blocks = Columns * Rows;
    private const int RecordOverhead = 60;

    private readonly ManualTimeProvider clock = new();
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> events = new();
    private readonly SyntheticScreen screen = new(Width, Height);
    private readonly SendQueues queues = new();
    private readonly PictureSchedule schedule;
    private readonly RemoteInput input;
    private readonly byte[] buffer = new byte[65_530];
    private readonly uint[] canvas = new uint[Width * Height];
    private long order, looks;
    private bool mustLook;

    public LineSimulation(LineProfile line, ulong seed = 1)
    {
        clock.Advance(TimeSpan.FromSeconds(100));
        var numbers = new SeededNumbers(seed);
        Forward = new SimulatedLine(line, numbers);
        Back = new SimulatedLine(line, numbers);
        var encoder = new SizedEncoder();
        input = new RemoteInput(new RecordingInputSink(), clock);
        Picture = new ViewerPicture(queues, encoder, clock, input);
        Viewer = new SimulatedViewer(this, encoder);
        schedule = new PictureSchedule(screen);
        schedule.Add(Picture);
        queues.ScreenDrained = () => mustLook = true;
        Line = line;
    }

    public LineProfile Line { get; }

    public SimulatedLine Forward { get; }

    public SimulatedLine Back { get; }

    public ViewerPicture Picture { get; }

    public SimulatedViewer Viewer { get; }

    public TimeSpan Now => clock.GetElapsedTime(0);

    /// <summary>The most bytes of picture that were under way at a time.</summary>
    public int MostUnderWay { get; private set; }

    /// <summary>The color of each block as it is on the screen.</summary>
    public uint[] Colors { get; } = new uint[Blocks];

    /// <summary>The quality of the newest update, whenever it changed.</summary>
    public List<PictureQuality> Qualities { get; } = [];

    /// <summary>Runs an action at a time, or now when that is past.</summary>
    public void At(TimeSpan at, Action action) => events.Enqueue(action, (at > Now ? at : Now, order++));

    public void Open()
    {
        Picture.Open();
        Look();
    }

    /// <summary>Runs until this time.</summary>
    public void RunTo(TimeSpan end)
    {
        while (events.TryPeek(out _, out var next) && next.At <= end)
        {
            if (next.At > Now) clock.Advance(next.At - Now);
            events.Dequeue()();
        }
        if (end > Now) clock.Advance(end - Now);
    }

    /// <summary>Draws blocks on the screen; each kind and version is a color of its own.</summary>
    public void Draw(IEnumerable<int> blocks, BlockKind kind, int version)
    {
        foreach (var block in blocks)
        {
            Colors[block] = (uint)kind << 16 | (uint)version & 0xFFFF;
            screen.Fill(block % Columns * 16, block / Columns * 16, 16, 16, Colors[block]);
        }
        Look();
    }

    /// <summary>Draws the whole screen.</summary>
    public void DrawAll(Func<int, BlockKind> kindOf, int version)
    {
        for (var block = 0; block < Blocks; block++)
        {
            Colors[block] = (uint)kindOf(block) << 16 | (uint)version & 0xFFFF;
            for (var y = 0; y < 16; y++) canvas.AsSpan((block / Columns * 16 + y) * Width + block % Columns * 16, 16).Fill(Colors[block]);
        }
        screen.Paint(canvas);
        Look();
    }

    /// <summary>The viewer presses a key; the program draws what follows 3 ms after it has arrived.</summary>
    public void Press(Action draw) => At(Back.Send(RecordOverhead, Now), () =>
    {
        input.Apply(new TextEntered("a"));
        At(Now + TimeSpan.FromMilliseconds(3), draw);
    });

    /// <summary>The viewer tells the host something.</summary>
    public void Answer(FeedbackMessage message) => At(Back.Send(RecordOverhead, Now), () =>
    {
        if (message is Presented presented) Picture.Presented(presented);
        Look();
    });

    /// <summary>True when the viewer shows exactly what is on the screen.</summary>
    public bool IsExact => Viewer.Colors.AsSpan().SequenceEqual(Colors) && !Viewer.IsExact.AsSpan().Contains(false);

    public void Dispose()
    {
        Picture.Dispose();
        input.Dispose();
        queues.Dispose();
        screen.Dispose();
    }

    // What the picture thread does when it wakes, and the sender after it.
    private void Look()
    {
        do
        {
            mustLook = false;
            screen.Wake();
            var wait = schedule.Run(screen.Wait());
            var look = ++looks;
            if (wait != Timeout.InfiniteTimeSpan) At(Now + wait, () => { if (look == looks) Look(); });
            while (queues.TryTake(buffer, out var channel, out var hasMore, out var length)) Carry(channel, buffer[..length], hasMore);
            MostUnderWay = Math.Max(MostUnderWay, Picture.BytesUnderWay);
        }
        while (mustLook);
        if (Qualities.Count == 0 || Qualities[^1] != Picture.Quality) Qualities.Add(Picture.Quality);
    }

    private void Carry(Channel channel, byte[] fragment, bool hasMore) =>
        At(Forward.Send(fragment.Length + RecordOverhead, Now), () => Viewer.Receive(channel, fragment, hasMore));
}
