using Nabij.Protocol.People;

namespace Nabij.HostApp.Flow;

/// <summary>One more participant beside the technician in front, as the customer's windows know it. UI thread only.</summary>
/// <param name="State">What this one is allowed.</param>
/// <param name="Question">What this one asks for.</param>
/// <param name="Role">A technician or a relative.</param>
/// <param name="CheckNumber">Four digits that both people may compare.</param>
internal sealed record Guest(SessionState State, PermissionQuestion Question, ParticipantRole Role, string CheckNumber)
{
    public byte Person => State.Person;

    public string Name => State.Name;

    /// <summary>The customer has let it in.</summary>
    public bool IsIn => State.HasBegun;

    /// <summary>The window in which it asks for more.</summary>
    public static string AskWindow(byte person) => "ask-" + person.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
