namespace Nabij.Protocol.Screen.Px;

/// <summary>A number of a fixed count of bits, highest first, each bit with the probability of its place in a binary tree.</summary>
internal static class Tree
{
    public static int Code<TCoder>(ref TCoder coder, Span<Probability> tree, int bits, int value)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var node = 1;
        for (var i = bits - 1; i >= 0; i--) node = (node << 1) | coder.Bit(ref tree[node], (value >> i) & 1);
        return node - (1 << bits);
    }
}
