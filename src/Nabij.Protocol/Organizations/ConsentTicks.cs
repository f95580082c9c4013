namespace Nabij.Protocol.Organizations;

/// <summary>What the customer ticked; a byte of the consent record.</summary>
[Flags]
public enum ConsentTicks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The terms.</summary>
    Terms = 1,

    /// <summary>The licence.</summary>
    Licence = 2,
}
