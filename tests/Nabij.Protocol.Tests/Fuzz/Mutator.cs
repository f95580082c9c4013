namespace Nabij.Protocol.Tests.Fuzz;

/// <summary>Changes good bytes in the ways that break decoders: lengths, edges, cuts, repeats, pieces of others.</summary>
internal static class Mutator
{
    private const int MostSteps = 4;

    private static readonly byte[] Interesting = [0, 1, 0x7f, 0x80, 0x81, 0xff];

    public static byte[] Mutate(byte[] good, IReadOnlyList<byte[]> others, SeededRandom random)
    {
        var bytes = good.ToList();
        for (var step = random.Below(MostSteps) + 1; step > 0; step--)
            MutateOnce(bytes, others, random);
        return [.. bytes];
    }

    private static void MutateOnce(List<byte> bytes, IReadOnlyList<byte[]> others, SeededRandom random)
    {
        var at = random.Below(bytes.Count + 1);
        var inside = Math.Max(0, at - 1);
        switch (random.Below(8))
        {
            case 0 when bytes.Count > 0: bytes[inside] ^= (byte)(1 << random.Below(8)); break;
            case 1 when bytes.Count > 0: bytes[inside] = random.Pick(Interesting); break;
            case 2 when bytes.Count > 0: bytes[inside] += (byte)(random.Below(5) - 2); break;
            case 3: bytes.InsertRange(at, random.Bytes(1 + random.Below(4))); break;
            case 4: bytes.RemoveRange(inside, Math.Min(bytes.Count - inside, 1 + random.Below(4))); break;
            case 5: bytes.RemoveRange(at, bytes.Count - at); break;
            case 6: bytes.InsertRange(at, bytes.Skip(inside).Take(random.Below(16)).ToArray()); break;
            default:
                var other = random.Pick(others);
                var from = random.Below(other.Length + 1);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other[from..]);
                break;
        }
    }
}
