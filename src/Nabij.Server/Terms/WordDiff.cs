// What changed from one text to another, word by word: the shortest edit by Myers (1986, "An O(ND) Difference Algorithm"),
// first over lines, then over the words of the lines that differ, so that long texts with few changes cost little.

using System.Text;

namespace Nabij.Server.Terms;

public enum DiffKind
{
    Same,
    Removed,
    Added,
}

/// <summary>A stretch of text that is in both, only in the older or only in the newer.</summary>
public sealed record DiffPart(DiffKind Kind, string Text);

/// <summary>Compares two texts.</summary>
public static class WordDiff
{
    /// <summary>Beyond so many steps of one comparison the rest counts as replaced: bounds the work on hostile texts.</summary>
    internal const int MostSteps = 1000;

    /// <summary>The parts in order: without the added ones they are the older text, without the removed ones the newer.</summary>
    public static IReadOnlyList<DiffPart> Compare(string older, string newer)
    {
        var parts = new Parts();
        var (removed, added) = (new StringBuilder(), new StringBuilder());
        foreach (var line in Steps(Lines(older), Lines(newer)))
        {
            if (line.Kind == DiffKind.Removed)
                removed.Append(line.Text);
            else if (line.Kind == DiffKind.Added)
                added.Append(line.Text);
            else
            {
                Flush();
                parts.Add(line);
            }
        }

        Flush();
        return parts.Finish();

        void Flush()
        {
            foreach (var word in Steps(Words(removed.ToString()), Words(added.ToString())))
                parts.Add(word);
            removed.Clear();
            added.Clear();
        }
    }

    /// <summary>Puts what follows each other and is of one kind into one part.</summary>
    private sealed class Parts
    {
        private readonly List<DiffPart> _whole = [];
        private readonly StringBuilder _open = new();
        private DiffKind _kind;

        internal void Add(DiffPart one)
        {
            if (one.Kind != _kind)
                Flush();
            _kind = one.Kind;
            _open.Append(one.Text);
        }

        internal List<DiffPart> Finish()
        {
            Flush();
            return _whole;
        }

        private void Flush()
        {
            if (_open.Length > 0)
                _whole.Add(new DiffPart(_kind, _open.ToString()));
            _open.Clear();
        }
    }

    /// <summary>Lines with their ends.</summary>
    private static List<string> Lines(string text) => Split(text, (before, _) => before == '\n');

    /// <summary>Words and what stands between them; together they are the text.</summary>
    private static List<string> Words(string text) => Split(text, (before, after) => !(char.IsLetterOrDigit(before) && char.IsLetterOrDigit(after)));

    private static List<string> Split(string text, Func<char, char, bool> ends)
    {
        var pieces = new List<string>();
        var from = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i < text.Length && (!ends(text[i - 1], text[i]) || char.IsLowSurrogate(text[i])))
                continue;
            pieces.Add(text[from..i]);
            from = i;
        }

        return pieces;
    }

    private static List<DiffPart> Steps(List<string> older, List<string> newer)
    {
        var head = 0;
        while (head < older.Count && head < newer.Count && older[head] == newer[head])
            head++;
        var tail = 0;
        while (tail < older.Count - head && tail < newer.Count - head && older[^(tail + 1)] == newer[^(tail + 1)])
            tail++;
        var same = older.Take(head).Select(piece => new DiffPart(DiffKind.Same, piece));
        var end = older.Skip(older.Count - tail).Select(piece => new DiffPart(DiffKind.Same, piece));
        return [.. same, .. Middle(older[head..^tail], newer[head..^tail]), .. end];
    }

    private static List<DiffPart> Middle(List<string> older, List<string> newer)
    {
        if (older.Count == 0 || newer.Count == 0 || Trace(older, newer) is not { } trace)
            return [.. older.Select(piece => new DiffPart(DiffKind.Removed, piece)), .. newer.Select(piece => new DiffPart(DiffKind.Added, piece))];

        var parts = new Stack<DiffPart>();
        var (x, y) = (older.Count, newer.Count);
        for (var step = trace.Count - 1; step >= 0; step--)
        {
            var (diagonal, reach) = (x - y, trace[step]);
            var isDown = diagonal == -step || (diagonal != step && At(reach, diagonal - 1) < At(reach, diagonal + 1));
            var before = isDown ? diagonal + 1 : diagonal - 1;
            var (fromX, fromY) = step == 0 ? (0, 0) : (At(reach, before), At(reach, before) - before);
            while (x > fromX && y > fromY)
                (x, y) = Same(x, y);
            if (step == 0)
                break;
            parts.Push(isDown ? new DiffPart(DiffKind.Added, newer[fromY]) : new DiffPart(DiffKind.Removed, older[fromX]));
            (x, y) = (fromX, fromY);
        }

        return [.. parts];

        (int X, int Y) Same(int atX, int atY)
        {
            parts.Push(new DiffPart(DiffKind.Same, older[atX - 1]));
            return (atX - 1, atY - 1);
        }
    }

    /// <summary>How far each diagonal reached before each step; null when the texts differ too much.</summary>
    private static List<int[]>? Trace(List<string> older, List<string> newer)
    {
        var trace = new List<int[]>();
        var most = Math.Min(older.Count + newer.Count, MostSteps);
        var reach = new int[3];
        for (var step = 0; step <= most; step++)
        {
            trace.Add(reach);
            var next = new int[(2 * (step + 1)) + 3];
            for (var diagonal = -step; diagonal <= step; diagonal += 2)
            {
                var isDown = diagonal == -step || (diagonal != step && At(reach, diagonal - 1) < At(reach, diagonal + 1));
                var x = step == 0 ? 0 : isDown ? At(reach, diagonal + 1) : At(reach, diagonal - 1) + 1;
                while (x < older.Count && x - diagonal < newer.Count && older[x] == newer[x - diagonal])
                    x++;
                next[diagonal + (next.Length / 2)] = x;
                if (x >= older.Count && x - diagonal >= newer.Count)
                    return trace;
            }

            reach = next;
        }

        return null;
    }

    private static int At(int[] reach, int diagonal) => reach[diagonal + (reach.Length / 2)];
}
