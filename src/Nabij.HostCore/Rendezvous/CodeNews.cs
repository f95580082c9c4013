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
    /// <summary>The code was right, but the organization has revoked whoever entered it.</summary>
    Revoked,
    /// <summary>The code was right, but whoever entered it has no certificate of the organization that is good now.</summary>
    Uncertified,
    /// <summary>The connection broke while somebody proved the code; three times in all make new digits.</summary>
    BrokenOff,
    /// <summary>The connection to the server was lost and is back.</summary>
    BackAgain,
}
