namespace Nabij.Protocol.People;

/// <summary>HALT: a relative stops the session.</summary>
public sealed record Halt : PeopleMessage
{
    /// <inheritdoc/>
    public override PeopleMessageType Type => PeopleMessageType.Halt;
}
