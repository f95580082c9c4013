using Nabij.Protocol;

namespace Nabij.HostApp.Flow;

/// <summary>What the session engine tells the flow, on the UI thread, in the order it happened.</summary>
internal abstract record SupportEvent
{
    /// <summary>There is a code to read aloud.</summary>
    /// <param name="Digits">The nine digits.</param>
    /// <param name="Until">When the secret digits are replaced.</param>
    /// <param name="News">Why the digits are these.</param>
    public sealed record CodeReady(string Digits, DateTimeOffset Until, CodeNews News) : SupportEvent;

    /// <summary>Somebody typed the nameplate; the handshake runs.</summary>
    public sealed record Joined : SupportEvent;

    /// <summary>Three wrong codes in a row: no code until then.</summary>
    public sealed record Paused(DateTimeOffset Until) : SupportEvent;

    /// <summary>Six wrong codes: the program stops offering any.</summary>
    public sealed record TooManyWrong : SupportEvent;

    /// <summary>A technician has proven the code and who it is, and asks to look.</summary>
    /// <param name="Technician">The certificate's name, verified.</param>
    /// <param name="CheckNumber">Four digits.</param>
    public sealed record WhoAsks(string Technician, string CheckNumber) : SupportEvent;

    /// <summary>The technician asks for more.</summary>
    public sealed record Asked(Permissions Permissions) : SupportEvent;

    /// <summary>The session is over, for good.</summary>
    public sealed record Over(Ending Ending) : SupportEvent;

    /// <summary>There is no session, and something is in the way of one.</summary>
    public sealed record InTheWay(Problem Problem, Clocks Clocks = default) : SupportEvent;
}

/// <summary>Why the digits shown are these.</summary>
internal enum CodeNews
{
    /// <summary>They are the first.</summary>
    First,

    /// <summary>Ten minutes had passed.</summary>
    Renewed,

    /// <summary>Somebody entered a wrong code.</summary>
    WrongCode,

    /// <summary>The connection broke while somebody proved the code.</summary>
    BrokenOff,

    /// <summary>The customer did not let the technician look.</summary>
    Declined,
}

/// <summary>Why a session is over. Each has a text "end.reason.…" of its name.</summary>
internal enum Ending
{
    Customer,
    Technician,
    Declined,
    Differ,
    Expired,
    Closed,
    Lost,
    Protocol,
    Server,
    Screen,
}
