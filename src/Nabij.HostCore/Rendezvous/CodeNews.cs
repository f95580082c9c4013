namespace Nabij.HostCore.Rendezvous;

/// <summary>Why the digits shown are these.</summary>
public enum CodeNews
{
    /// <summary>They are the first.</summary>
    First,
    /// <summary>Ten minutes had passed.</summary>
    Renewed,
    /// <summary>Somebody entered a wrong code.</summary>
    WrongCode,
    /// <summary>The connection broke while somebody proved the code; three times in all make new digits.</summary>
    BrokenOff,
    /// <summary>The connection to the server was lost and is back.</summary>
    BackAgain,
}
