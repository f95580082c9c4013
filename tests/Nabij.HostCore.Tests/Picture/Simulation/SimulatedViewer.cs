using System.Buffers;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Picture.Simulation;

/// <summary>
/// A viewer in virtual time: takes records as they arrive, decodes one update after another, paints complete ones at
/// 60 Hz and says so, all as docs/protocol/05 asks.
/// </summary>
internal sealed class SimulatedViewer(LineSimulation simulation, SizedEncoder encoder)
{
    /// <summary>One frame: 1/60 s.</summary>
    public static readonly TimeSpan Frame = TimeSpan.FromSeconds(1) / 60;
    private static readonly TimeSpan DecodeUpdate = TimeSpan.FromMilliseconds(0.5), DecodeByte = TimeSpan.FromMicroseconds(0.05);

    private readonly List<(uint Update, ulong Captured, List<SizedEncoder.Block> Blocks, TimeSpan ArrivedAt, TimeSpan DecodedAt)> decoded = [];
    private List<SizedEncoder.Block> open = [];
    private readonly ArrayBufferWriter<byte> message = new();
    private TimeSpan decoderFreeAt;
    private bool isFrameAsked, isHidden;
    private uint layout, lastUpdate;
    private bool isUpdateOpen;

    public uint[] Colors { get; private set; } = [];

    public bool[] IsExact { get; private set; } = [];

    /// <summary>How long a byte takes to decode besides, for slow computers.</summary>
    public TimeSpan SlowDecode { get; set; }

    /// <summary>A hidden page paints nothing.</summary>
    public bool IsHidden
    {
        get => isHidden;
        set
        {
            isHidden = value;
            if (!value && decoded.Count > 0) AskFrame(simulation.Now);
        }
    }

    /// <summary>Each paint: when, and when its newest update was captured.</summary>
    public List<(TimeSpan At, TimeSpan Captured)> Paints { get; } = [];

    /// <summary>Updates shown and the times when the screen had last been captured for them.</summary>
    public int Updates { get; private set; }

    /// <summary>Runs after each paint.</summary>
    public Action? Painted { get; set; }

    public void Receive(Channel channel, ReadOnlySpan<byte> fragment, bool hasMore)
    {
        if (channel != Channel.Screen) return;
        message.Write(fragment);
        if (hasMore) return;
        var whole = ScreenMessage.Decode(message.WrittenSpan);
        message.ResetWrittenCount();
        if (whole is Layout start) Start(start);
        else if (whole is Update update) Take(update);
    }

    private void Start(Layout start)
    {
        var count = (start.Width + 15) / 16 * ((start.Height + 15) / 16);
        (layout, lastUpdate, Colors, IsExact) = (start.Number, 0, new uint[count], new bool[count]);
        IsExact.AsSpan().Fill(true);
        decoded.Clear();
    }

    private void Take(Update update)
    {
        Assert.Equal(layout, update.Layout);
        Assert.Equal(isUpdateOpen ? lastUpdate : lastUpdate + 1, update.Number);
        (lastUpdate, isUpdateOpen) = (update.Number, !update.Flags.HasFlag(UpdateFlags.Last));
        open.AddRange(encoder.Take(update.Content.Span));
        var now = simulation.Now;
        decoderFreeAt = (decoderFreeAt > now ? decoderFreeAt : now) + DecodeByte * update.Content.Length + (isUpdateOpen ? TimeSpan.Zero : DecodeUpdate + SlowDecode);
        if (isUpdateOpen) return;
        decoded.Add((update.Number, update.CapturedMicroseconds, open, now, decoderFreeAt));
        open = [];
        AskFrame(decoderFreeAt);
    }

    private void AskFrame(TimeSpan from)
    {
        if (isFrameAsked) return;
        isFrameAsked = true;
        simulation.At(new TimeSpan((from.Ticks / Frame.Ticks + 1) * Frame.Ticks), Paint);
    }

    private void Paint()
    {
        isFrameAsked = false;
        if (isHidden) return;
        var ready = decoded.FindAll(one => one.DecodedAt <= simulation.Now);
        decoded.RemoveRange(0, ready.Count);
        if (decoded.Count > 0) AskFrame(decoded[0].DecodedAt > simulation.Now ? decoded[0].DecodedAt : simulation.Now);
        if (ready.Count == 0) return;
        foreach (var block in ready.SelectMany(one => one.Blocks)) (Colors[block.Index], IsExact[block.Index]) = (block.Color, block.IsExact);
        var last = ready[^1];
        Updates += ready.Count;
        Paints.Add((simulation.Now, TimeSpan.FromMicroseconds(last.Captured)));
        Painted?.Invoke();
        simulation.Answer(new Presented(layout, last.Update, Micros(last.DecodedAt - last.ArrivedAt), Micros(simulation.Now - last.DecodedAt)));

        static uint Micros(TimeSpan span) => (uint)span.TotalMicroseconds;
    }
}
