namespace Nabij.Protocol.Files;

/// <summary>
/// Whether text is in Unicode's normalization form C (Unicode Standard, section 3.11; UAX #15), from our own table:
/// decompose, order, compose again, and see whether anything changed. For short text; lone surrogates are not expected.
/// </summary>
internal static class CanonicalForm
{
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28, Syllables = Leads * Vowels * Tails;

    private static readonly Dictionary<int, (int First, int Second)> Parts =
        CanonicalTable.Composites.ToDictionary(entry => entry.Composed, entry => (entry.First, entry.Second));

    private static readonly Dictionary<(int First, int Second), int> Wholes =
        CanonicalTable.Composites.ToDictionary(entry => (entry.First, entry.Second), entry => entry.Composed);

    public static bool IsComposed(string text)
    {
        if (text.All(char.IsAscii)) return true;
        var given = text.EnumerateRunes().Select(rune => rune.Value).ToList();
        if (given.Any(point => CanonicalTable.Excluded.Any(range => point >= range.First && point <= range.Last))) return false;
        var points = new List<int>(given.Count * 2);
        foreach (var point in given) Decompose(point, points);
        Order(points);
        return Compose(points).SequenceEqual(given);
    }

    private static void Decompose(int point, List<int> into)
    {
        if (point is >= SyllableBase and < SyllableBase + Syllables)
        {
            var index = point - SyllableBase;
            into.Add(LeadBase + (index / (Vowels * Tails)));
            into.Add(VowelBase + (index % (Vowels * Tails) / Tails));
            if (index % Tails != 0) into.Add(TailBase + (index % Tails));
        }
        else if (Parts.TryGetValue(point, out var parts))
        {
            Decompose(parts.First, into);
            Decompose(parts.Second, into);
        }
        else
        {
            into.Add(point);
        }
    }

    // Marks behind one base stand in the order of their classes; those of one class keep theirs.
    private static void Order(List<int> points)
    {
        for (var start = 0; start < points.Count; start++)
        {
            if (ClassOf(points[start]) == 0) continue;
            var end = start;
            while (end < points.Count && ClassOf(points[end]) != 0) end++;
            var ordered = points[start..end].OrderBy(ClassOf).ToList();
            for (var index = 0; index < ordered.Count; index++) points[start + index] = ordered[index];
            start = end - 1;
        }
    }

    private static List<int> Compose(List<int> points)
    {
        var composed = new List<int>(points.Count);
        var (starter, lastClass) = (-1, 0);
        foreach (var point in points)
        {
            var ownClass = ClassOf(point);
            var isNext = starter == composed.Count - 1;
            if (starter >= 0 && (isNext || (lastClass < ownClass && lastClass != 0)) && Join(composed[starter], point) is { } whole)
            {
                composed[starter] = whole;
                continue;
            }

            if (ownClass == 0) starter = composed.Count;
            lastClass = ownClass;
            composed.Add(point);
        }

        return composed;
    }

    private static int? Join(int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + Leads && second is >= VowelBase and < VowelBase + Vowels)
            return SyllableBase + ((((first - LeadBase) * Vowels) + (second - VowelBase)) * Tails);
        if (first is >= SyllableBase and < SyllableBase + Syllables && (first - SyllableBase) % Tails == 0
            && second is > TailBase and < TailBase + Tails)
            return first + (second - TailBase);
        return Wholes.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private static int ClassOf(int point)
    {
        var (low, high) = (0, CanonicalTable.Classes.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var (first, last, ownClass) = CanonicalTable.Classes[middle];
            if (point < first) high = middle - 1;
            else if (point > last) low = middle + 1;
            else return ownClass;
        }

        return 0;
    }
}
