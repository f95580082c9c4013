namespace Nabij.Protocol.People;

/// <summary>TAKE_CONTROL: mouse and keyboard are the sender's from here on.</summary>
public sealed record TakeControl : PeopleMessage
{
    /// <inheritdoc/>
    public override PeopleMessageType Type => PeopleMessageType.TakeControl;
}
