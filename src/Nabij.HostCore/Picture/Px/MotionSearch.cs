using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nabij.Protocol.Screen.Px;

namespace Nabij.HostCore.Picture.Px;

/// <summary>
/// Finds how parts of the screen moved, exactly and in two dimensions (picture.md B5.2): places that their own content
/// picks out (about one in 32 edges) are looked up among those of the old picture; those that occur once vote for a
/// vector. Keeps its tables from one search to the next; one picture thread.
/// </summary>
internal sealed class MotionSearch
{
    // Tuning.
    private const int TableBits = 15, TableSize = 1 << TableBits, MostFeatures = 20_000;
    private const int VoteBits = 11, VoteSize = 1 << VoteBits, LeastVotes = 5, MostVectors = 4;
    private const int Reach = 8, PickShift = 27, LargeChange = 1024, HugeChange = 3072, SparseRows = 3;

    private readonly int[] places = new int[TableSize];
    private readonly uint[] hashes = new uint[TableSize];
    private readonly int[] votes = new int[VoteSize];
    private readonly MotionVector[] candidates = new MotionVector[VoteSize];
    private int stored, columnStep;

    private static ReadOnlySpan<uint> Factors =>
        [0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F, 0x165667B1, 0xB5297A4D, 0x68E31DA5, 0x1B56C4E9];

    /// <summary>
    /// Up to four vectors from a place in <paramref name="now"/> to its source in <paramref name="before"/>, most votes first;
    /// returns how many. Only changed blocks are looked at.
    /// </summary>
    public int Find(PxPicture layout, ReadOnlySpan<uint> before, ReadOnlySpan<uint> now, BlockMap changed, Span<MotionVector> vectors)
    {
        places.AsSpan().Clear();
        votes.AsSpan().Clear();
        stored = 0;
        // Moves go in any direction: every row of one picture must be there, of the other a few are enough. Of a large
        // change some columns of blocks tell as much as all.
        var count = changed.CountMarked();
        columnStep = count > HugeChange ? 4 : count > LargeChange ? 2 : 1;
        Visit(layout, before, changed, 1, isOld: true);
        if (stored == 0) return 0;
        Visit(layout, now, changed, count > LargeChange ? SparseRows : 1, isOld: false);
        return Elect(vectors);
    }

    private void Visit(PxPicture layout, ReadOnlySpan<uint> pixels, BlockMap changed, int rowStep, bool isOld)
    {
        for (var row = 0; row < changed.Rows; row++)
        {
            if (!changed.RowHasAny(row)) continue;
            var marks = changed.Row(row);
            var bottom = Math.Min(layout.Height - 2, (row + 1) * BlockMap.BlockSize);
            for (var y = row * BlockMap.BlockSize; y < bottom; y += rowStep)
            {
                for (var column = 0; column < marks.Length; column += columnStep)
                {
                    if (!marks[column]) continue;
                    var x = column * BlockMap.BlockSize;
                    if (x + BlockMap.BlockSize + Reach > layout.Width) break;
                    VisitRow(layout, pixels, layout.At(x, y), isOld);
                    if (isOld && stored >= MostFeatures) return;
                }
            }
        }
    }

    private void VisitRow(PxPicture layout, ReadOnlySpan<uint> pixels, int at, bool isOld)
    {
        ref var pixel = ref Unsafe.Add(ref MemoryMarshal.GetReference(pixels), at);
        for (var half = 0; half < BlockMap.BlockSize; half += Reach, pixel = ref Unsafe.Add(ref pixel, Reach))
        {
            // Most of a desktop is flat: only edges are worth a hash.
            var isEdge = ~Vector256.Equals(Vector256.LoadUnsafe(ref pixel), Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, -1)));
            if (isEdge == Vector256<uint>.Zero) continue;
            var hash = HashRow(ref pixel);
            var picked = (isEdge & Vector256.Equals(hash >> PickShift, Vector256<uint>.Zero)).ExtractMostSignificantBits();
            for (; picked != 0; picked &= picked - 1)
            {
                var x = BitOperations.TrailingZeroCount(picked);
                var mixed = Mix(layout, pixels, at + half + x, hash[x]);
                if (isOld) Store(mixed, at + half + x);
                else Vote(layout, mixed, at + half + x);
            }
        }
    }

    // h(x) = sum of px[x + k] * factor[k], for eight places at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> HashRow(ref uint pixel)
    {
        var sum = Vector256<uint>.Zero;
        for (var k = 0; k < Reach; k++) sum += Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, k)) * Vector256.Create(Factors[k]);
        return sum;
    }

    private static uint Mix(PxPicture layout, ReadOnlySpan<uint> pixels, int at, uint hash)
    {
        for (var row = 1; row <= 2; row++)
        {
            ref var pixel = ref Unsafe.Add(ref MemoryMarshal.GetReference(pixels), at + row * layout.Stride);
            var sum = 0u;
            for (var k = 0; k < Reach; k++) sum += Unsafe.Add(ref pixel, k) * Factors[k];
            hash = BitOperations.RotateLeft(hash, 11) * 0x9E3779B1 + sum;
        }

        return hash | 1;
    }

    // A negative place: there is more than one like it.
    private void Store(uint hash, int at)
    {
        stored++;
        var slot = (int)(hash * 0x85EBCA6B >> (32 - TableBits));
        for (; places[slot] != 0; slot = (slot + 1) & (TableSize - 1))
        {
            if (hashes[slot] != hash) continue;
            places[slot] = -1;
            return;
        }

        (hashes[slot], places[slot]) = (hash, at);
    }

    private void Vote(PxPicture layout, uint hash, int at)
    {
        var slot = (int)(hash * 0x85EBCA6B >> (32 - TableBits));
        for (; places[slot] != 0; slot = (slot + 1) & (TableSize - 1))
        {
            if (hashes[slot] != hash) continue;
            if (places[slot] > 0 && places[slot] != at) Count(layout, places[slot], at);
            return;
        }
    }

    private void Count(PxPicture layout, int from, int to)
    {
        var vector = new MotionVector(from % layout.Stride - to % layout.Stride, from / layout.Stride - to / layout.Stride);
        var slot = (int)((uint)(vector.X * 0x9E3779B1 + vector.Y * 0x85EBCA6B) * 0x27D4EB2Fu >> (32 - VoteBits));
        for (var tries = 0; tries < 8; tries++, slot = (slot + 1) & (VoteSize - 1))
        {
            if (votes[slot] != 0 && candidates[slot] != vector) continue;
            candidates[slot] = vector;
            votes[slot]++;
            return;
        }
    }

    private int Elect(Span<MotionVector> vectors)
    {
        for (var count = 0; count < MostVectors; count++)
        {
            var best = 0;
            for (var i = 1; i < VoteSize; i++)
                if (votes[i] > votes[best]) best = i;
            if (votes[best] < LeastVotes) return count;
            votes[best] = 0;
            vectors[count] = candidates[best];
        }

        return MostVectors;
    }
}
