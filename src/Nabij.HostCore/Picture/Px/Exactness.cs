using Nabij.Protocol.Screen.Px;

namespace Nabij.HostCore.Picture.Px;

/// <summary>
/// Which blocks of the viewer's picture are only approximations, since when they have been still, and which of them are to be
/// made exact next (picture.md B5.6).
/// </summary>
internal sealed class Exactness(PxPicture picture)
{
    /// <summary>A block that has not changed for so long is made exact when the line has room.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(150);

    /// <summary>Tuning: parts of a film that pause change again soon, as long as the rest of it goes on.</summary>
    private static readonly TimeSpan RunningFilmRest = TimeSpan.FromSeconds(1);
    private const int LeastOfFilm = 60;

    // Tuning: bytes of one block, until the first were coded; and the most blocks of one piece.
    private const double FirstBlockBytes = 150, Slowness = 0.8;
    private const int MostInPiece = 960, RowsInPiece = 8;

    private bool[] inexact = [], before = [], isFilm = [];
    private TimeSpan filmAt;
    private TimeSpan[] changedAt = [];
    private int[] selected = [];
    private int selectedCount, inexactCount, inexactBefore;
    private double blockBytes = FirstBlockBytes;

    public ReadOnlySpan<int> Selected => selected.AsSpan(0, selectedCount);

    public void Reset()
    {
        var blocks = picture.Columns * picture.Rows;
        (inexact, before) = (new bool[blocks], new bool[blocks]);
        isFilm = new bool[blocks];
        changedAt = new TimeSpan[blocks];
        selected = new int[blocks];
        filmAt = default;
        inexactCount = inexactBefore = selectedCount = 0;
    }

    /// <summary>Copies refer to the picture as it is now, until the next update.</summary>
    public void BeginUpdate()
    {
        inexact.CopyTo(before, 0);
        inexactBefore = inexactCount;
    }

    /// <summary>Whether some pixel that a block is predicted from is approximated.</summary>
    public bool IsSourceInexact(int block, MotionVector vector)
    {
        if (inexactBefore == 0) return false;
        var (x, y, width, height) = picture.Area(block);
        int left = (x + vector.X) / 16, right = (x + vector.X + width - 1) / 16;
        int top = (y + vector.Y) / 16, bottom = (y + vector.Y + height - 1) / 16;
        for (var row = top; row <= bottom; row++)
            if (before.AsSpan(row * picture.Columns + left, right - left + 1).Contains(true)) return true;
        return false;
    }

    /// <summary>A piece with this content was coded.</summary>
    public void Coded(PieceContent content, TimeSpan now)
    {
        var first = content.FirstRow * picture.Columns;
        var end = first + content.RowCount * picture.Columns;
        var films = 0;
        for (var block = first; block < end; block++)
        {
            var mode = content.Modes[block];
            if (mode == BlockMode.Same) continue;
            var isInexact = mode switch
            {
                BlockMode.Transform or BlockMode.Motion or BlockMode.FineTransform => true,
                BlockMode.Still => IsSourceInexact(block, default),
                >= BlockMode.Copy and < BlockMode.Ring => IsSourceInexact(block, content.Vectors[mode - BlockMode.Copy]),
                >= BlockMode.Moved and < BlockMode.Photo => IsSourceInexact(block, content.Vectors[mode - BlockMode.Moved]),
                _ => false,
            };
            Set(block, isInexact);
            changedAt[block] = now;
            isFilm[block] = mode == BlockMode.Motion;
            if (isFilm[block]) films++;
        }

        if (films >= LeastOfFilm) filmAt = now;
    }

    public TimeSpan? UntilDue(TimeSpan now)
    {
        if (inexactCount == 0) return null;
        var first = TimeSpan.MaxValue;
        for (var block = 0; block < inexact.Length; block++)
            if (inexact[block] && DueAt(block) < first) first = DueAt(block);
        return first > now ? first - now : TimeSpan.Zero;
    }

    // A part of a film waits for the film to end, but not for ever.
    private TimeSpan DueAt(int block)
    {
        if (!isFilm[block]) return changedAt[block] + Rest;
        var ended = (filmAt > changedAt[block] ? filmAt : changedAt[block]) + Rest;
        var atLast = changedAt[block] + RunningFilmRest;
        return ended < atLast ? ended : atLast;
    }

    /// <summary>Chooses due blocks in a few rows near the focus, as many as the budget holds; returns how many, with the piece's rows set.</summary>
    public int SelectDue(TimeSpan now, BlockMap pending, (int X, int Y)? focus, int budgetBytes, PieceContent content)
    {
        selectedCount = 0;
        var first = NearestDueRow(now, pending, focus is { } place ? place.Y / BlockMap.BlockSize : 0);
        if (first < 0) return 0;
        var most = Math.Clamp((int)(budgetBytes / blockBytes), 1, MostInPiece);
        var last = first;
        for (var row = first; row < Math.Min(picture.Rows, first + RowsInPiece) && selectedCount < most; row++)
        {
            content.Modes.AsSpan(row * picture.Columns, picture.Columns).Clear();
            last = row;
            for (var column = 0; column < picture.Columns && selectedCount < most; column++)
                if (IsDue(row * picture.Columns + column, now, pending)) selected[selectedCount++] = row * picture.Columns + column;
        }

        (content.FirstRow, content.RowCount) = (first, last - first + 1);
        return selectedCount;
    }

    /// <summary>The selected blocks were coded exactly, in so many bytes.</summary>
    public void MadeExact(int bytes)
    {
        foreach (var block in Selected) Set(block, false);
        blockBytes = Math.Max(8, blockBytes * Slowness + (double)bytes / selectedCount * (1 - Slowness));
    }

    private void Set(int block, bool isInexact)
    {
        if (inexact[block] == isInexact) return;
        inexact[block] = isInexact;
        inexactCount += isInexact ? 1 : -1;
    }

    private int NearestDueRow(TimeSpan now, BlockMap pending, int focus)
    {
        var nearest = -1;
        for (var row = 0; row < picture.Rows; row++)
        {
            if (nearest >= 0 && Math.Abs(row - focus) >= Math.Abs(nearest - focus)) continue;
            for (var column = 0; column < picture.Columns; column++)
            {
                if (!IsDue(row * picture.Columns + column, now, pending)) continue;
                nearest = row;
                break;
            }
        }

        return nearest;
    }

    private bool IsDue(int block, TimeSpan now, BlockMap pending) =>
        inexact[block] && now >= DueAt(block) && !pending.Row(block / picture.Columns)[block % picture.Columns];
}
