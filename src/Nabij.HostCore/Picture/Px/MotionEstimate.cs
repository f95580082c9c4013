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
    private const int FilmAfter = 2, MostBetween = 3, FirstStep = 4;
    private const double MostOfActivity = 0.8;

    private uint[] lastSeen = [];
    private byte[] streaks = [];

    public MotionVector[] Motions { get; private set; } = [];

    public void Reset()
    {
        var blocks = picture.Columns * picture.Rows;
        Motions = new MotionVector[blocks];
        lastSeen = new uint[blocks];
        streaks = new byte[blocks];
    }

    /// <summary>True, with the block's vector in <see cref="Motions"/>, when the previous picture predicts it well.</summary>
    public bool Find(int block, ReadOnlySpan<uint> target, ReadOnlySpan<MotionVector> vectors)
    {
        var isFilm = Follow(block);
        if (picture.Update == 1) return false;
        var before = Motions[block];
        var (best, distance) = (default(MotionVector), FarFromEverything);
        Try(block, target, default, ref best, ref distance);
        Try(block, target, before, ref best, ref distance);
        if (block % picture.Columns > 0) Try(block, target, Motions[block - 1], ref best, ref distance);
        if (block >= picture.Columns) Try(block, target, Motions[block - picture.Columns], ref best, ref distance);
        foreach (var vector in vectors) Try(block, target, vector, ref best, ref distance);
        if (isFilm) Walk(block, target, ref best, ref distance);
        Motions[block] = best;
        var (x, y, _, _) = picture.Area(block);
        return distance < MostOfActivity * PixelKernels.Activity(target, picture.At(x, y), picture.Stride);
    }

    private bool Follow(int block)
    {
        var isNew = picture.Update - lastSeen[block] > MostBetween;
        streaks[block] = isNew ? (byte)0 : (byte)Math.Min(streaks[block] + 1, byte.MaxValue);
        if (isNew) Motions[block] = default;
        lastSeen[block] = picture.Update;
        return streaks[block] >= FilmAfter;
    }

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
