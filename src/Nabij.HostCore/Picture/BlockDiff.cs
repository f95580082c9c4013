using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabij.HostCore.Picture;

/// <summary>Exact comparison of pixels by 256-bit words; only the bits that carry color count.</summary>
internal static class BlockDiff
{
    /// <summary>True when two runs of pixels of the same length show the same colors.</summary>
    public static bool SameColors(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        nuint i = 0;
        var length = (nuint)a.Length;
        var mask = Vector256.Create(PixelView.ColorMask);
        for (; i + 8 <= length; i += 8)
        {
            var difference = Vector256.LoadUnsafe(ref left, i) ^ Vector256.LoadUnsafe(ref right, i);
            if ((difference & mask) != Vector256<uint>.Zero) return false;
        }
        for (; i < length; i++)
            if (((Unsafe.Add(ref left, i) ^ Unsafe.Add(ref right, i)) & PixelView.ColorMask) != 0) return false;
        return true;
    }

    /// <summary>Copies pixels without the bits that carry no color.</summary>
    public static void CopyColors(ReadOnlySpan<uint> from, Span<uint> to)
    {
        var i = 0;
        var mask = Vector256.Create(PixelView.ColorMask);
        for (; i + 8 <= from.Length; i += 8) (Vector256.Create(from.Slice(i, 8)) & mask).CopyTo(to[i..]);
        for (; i < from.Length; i++) to[i] = from[i] & PixelView.ColorMask;
    }

    /// <summary>Unmarks every block whose pixels equal <paramref name="known"/>; returns how many blocks stay marked.</summary>
    public static int Narrow(PixelView newest, ReadOnlySpan<uint> known, BlockMap changed)
    {
        var differing = 0;
        for (var row = 0; row < changed.Rows; row++)
        {
            if (!changed.RowHasAny(row)) continue;
            var marks = changed.Row(row);
            for (var column = 0; column < marks.Length; column++)
            {
                if (!marks[column]) continue;
                if (BlockEquals(newest, known, column, row)) changed.Unmark(column, row);
                else differing++;
            }
            changed.SettleRow(row);
        }
        return differing;
    }

    private static bool BlockEquals(PixelView newest, ReadOnlySpan<uint> known, int column, int row)
    {
        var left = column * BlockMap.BlockSize;
        var width = Math.Min(BlockMap.BlockSize, newest.Width - left);
        var bottom = Math.Min(newest.Height, (row + 1) * BlockMap.BlockSize);
        for (var y = row * BlockMap.BlockSize; y < bottom; y++)
            if (!SameColors(newest.Row(y).Slice(left, width), known.Slice(y * newest.Width + left, width))) return false;
        return true;
    }
}
