using Nabij.Protocol.Screen.Px;

namespace Nabij.HostCore.Picture.Px;

/// <summary>
/// Where a block of a moving photograph or film came from, approximately: the best of a few likely vectors, then, for blocks
/// that keep changing, the steps of a shrinking diamond around it (picture.md B5.8).
/// </summary>
internal sealed class MotionEstimate(PxPicture picture)
{
    // Tuning. A vector costs bits as well: what it must gain, in the sum over all channels.
    private const int VectorCost = 200, FarFromEverything = int.MaxValue / 2;
    private const int NoiseOfBlock = 256 * 3 * 3, QuietBlock = 256 * 3 * 2, CloseBlock = 256 * 3 * 7, LeastFilmsAround = 2;
    private const int FilmForSure = 5, FilmAfter = 3, FirstStep = 4;
    /// <summary>A film shows at least eight pictures a second.</summary>
    private static readonly TimeSpan MostBetween = TimeSpan.FromMilliseconds(125);
    private const double MostOfActivity = 0.8;

    private TimeSpan[] lastSeen = [], lastFilm = [];
    private TimeSpan now;
    private byte[] streaks = [];

    public MotionVector[] Motions { get; private set; } = [];

    /// <summary>Whether the last block that was looked for was found nearly as it is.</summary>
    public bool IsClose { get; private set; }

    /// <summary>Whether the prediction is so good that nothing need be added to it while the film goes on.</summary>
    public bool[] IsQuiet { get; private set; } = [];

    public void Reset()
    {
        var blocks = picture.Columns * picture.Rows;
        Motions = new MotionVector[blocks];
        IsQuiet = new bool[blocks];
        (lastSeen, lastFilm) = (new TimeSpan[blocks], new TimeSpan[blocks]);
        streaks = new byte[blocks];
    }

    /// <summary>The blocks of an update that was captured now follow.</summary>
    public void Begin(TimeSpan now) => this.now = now;

    /// <summary>
    /// Notes that a block changes in this update; true when it is part of a film: it keeps changing, and so do approximated
    /// blocks around it.
    /// </summary>
    public bool Follow(int block)
    {
        var isNew = now - lastSeen[block] > MostBetween;
        streaks[block] = isNew ? (byte)0 : (byte)Math.Min(streaks[block] + 1, byte.MaxValue);
        if (isNew) Motions[block] = default;
        lastSeen[block] = now;
        return streaks[block] >= FilmAfter && FilmsAround(block) >= LeastFilmsAround;
    }

    /// <summary>
    /// Looks for the vector of a block and keeps it in <see cref="Motions"/>; true when the previous picture predicts the
    /// block well.
    /// </summary>
    public bool Find(int block, ReadOnlySpan<uint> target, ReadOnlySpan<MotionVector> vectors)
    {
        lastFilm[block] = now;
        if (picture.Update == 1) return false;
        var (best, distance) = (default(MotionVector), FarFromEverything);
        Try(block, target, default, ref best, ref distance);
        Try(block, target, Motions[block], ref best, ref distance);
        if (block % picture.Columns > 0) Try(block, target, Motions[block - 1], ref best, ref distance);
        if (block >= picture.Columns) Try(block, target, Motions[block - picture.Columns], ref best, ref distance);
        foreach (var vector in vectors) Try(block, target, vector, ref best, ref distance);
        if (streaks[block] >= FilmAfter && distance > NoiseOfBlock) Walk(block, target, ref best, ref distance);
        Motions[block] = best;
        IsQuiet[block] = distance <= QuietBlock;
        IsClose = distance <= CloseBlock;
        if (distance <= NoiseOfBlock) return true;
        var (x, y, _, _) = picture.Area(block);
        return distance < MostOfActivity * PixelKernels.Activity(target, picture.At(x, y), picture.Stride);
    }

    /// <summary>True while a block has been part of a film for a while: nothing but its motion need be tried.</summary>
    public bool IsFilm(int block) => streaks[block] >= FilmForSure && WasFilm(block) != 0;

    private int FilmsAround(int block)
    {
        var count = 0;
        var column = block % picture.Columns;
        if (column > 0) count += WasFilm(block - 1);
        if (column < picture.Columns - 1) count += WasFilm(block + 1);
        if (block >= picture.Columns) count += WasFilm(block - picture.Columns);
        if (block + picture.Columns < lastFilm.Length) count += WasFilm(block + picture.Columns);
        return count + WasFilm(block);
    }

    private int WasFilm(int block) => lastFilm[block] != default && now - lastFilm[block] <= MostBetween ? 1 : 0;

    private void Walk(int block, ReadOnlySpan<uint> target, ref MotionVector best, ref int distance)
    {
        for (var step = FirstStep; step >= 1; step /= 2)
        {
            for (var tries = 0; tries < 4; tries++)
            {
                var center = best;
                Try(block, target, new MotionVector(center.X - step, center.Y), ref best, ref distance);
                Try(block, target, new MotionVector(center.X + step, center.Y), ref best, ref distance);
                Try(block, target, new MotionVector(center.X, center.Y - step), ref best, ref distance);
                Try(block, target, new MotionVector(center.X, center.Y + step), ref best, ref distance);
                if (best == center) break;
            }
        }
    }

    private void Try(int block, ReadOnlySpan<uint> target, MotionVector vector, ref MotionVector best, ref int distance)
    {
        var (x, y, width, height) = picture.Area(block);
        if (vector == best && distance != FarFromEverything) return;
        if (x + vector.X < 0 || y + vector.Y < 0 || x + vector.X + width > picture.Width || y + vector.Y + height > picture.Height) return;
        var at = picture.At(x, y);
        var source = at + vector.Y * picture.Stride + vector.X;
        var cost = vector == default ? 0 : VectorCost;
        var found = cost + PixelKernels.Distance(target, at, picture.AllPixels, source, picture.Stride, distance - cost);
        if (found < distance) (best, distance) = (vector, found);
    }
}
