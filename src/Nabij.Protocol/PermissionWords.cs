using Nabij.Protocol.Wire;

namespace Nabij.Protocol;

/// <summary>Reads permission words of every chapter: bits 12-31 are refused.</summary>
public static class PermissionWords
{
    /// <summary>Checks a word from a peer.</summary>
    /// <exception cref="WireFormatException">InvalidValue.</exception>
    public static Permissions Parse(uint word, bool mayBeEmpty = true)
    {
        WireReader.Require((word & ~(uint)Permissions.All) == 0 && (mayBeEmpty || word != 0), WireError.InvalidValue);
        return (Permissions)word;
    }
}
