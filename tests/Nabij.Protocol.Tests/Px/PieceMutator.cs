namespace Nabij.Protocol.Tests.Px;

/// <summary>
/// Spoils pieces: bits, bytes, ends and parts of other pieces. The viewer's tests do the same, number for number
/// (src/Nabij.Viewer/tests/px/piece-mutator.ts).
/// </summary>
internal sealed class PieceMutator(IReadOnlyList<PxStream> streams)
{
    private const int MostBytes = 1 << 20, MostChanges = 3, MostAdded = 8, MostFromEnd = 4;

    private readonly byte[] _bytes = new byte[MostBytes];
    private int _length;

    /// <summary>A spoiled copy, good until the next call; never empty.</summary>
    public ReadOnlySpan<byte> Mutate(byte[] piece, XorShift random)
    {
        piece.CopyTo(_bytes, 0);
        _length = piece.Length;
        var changes = 1 + random.Below(MostChanges);
        for (var i = 0; i < changes; i++) Change(random);
        return _bytes.AsSpan(0, _length);
    }

    private void Change(XorShift random)
    {
        switch (random.Below(6))
        {
            case 0:
                Flip(random.Below(_length * 8));
                break;
            case 1:
                // What is wrong late has a chance to be taken in.
                Flip(_length * 8 - 1 - random.Below(Math.Min(_length, MostFromEnd) * 8));
                break;
            case 2:
                var at = random.Below(_length);
                _bytes[at] = (byte)random.Next();
                break;
            case 3:
                _length = 1 + random.Below(_length);
                break;
            case 4:
                for (var more = 1 + random.Below(MostAdded); more > 0; more--) _bytes[_length++] = (byte)random.Next();
                break;
            default:
                Splice(random);
                break;
        }
    }

    private void Flip(int bit) => _bytes[bit >> 3] ^= (byte)(1 << (bit & 7));

    // From a place on, the same part of another piece.
    private void Splice(XorShift random)
    {
        var pieces = streams[random.Below(streams.Count)].Pieces;
        var other = pieces[random.Below(pieces.Count)].Content;
        var from = random.Below(Math.Min(_length, other.Length));
        other.AsSpan(from).CopyTo(_bytes.AsSpan(from));
        _length = other.Length;
    }
}
