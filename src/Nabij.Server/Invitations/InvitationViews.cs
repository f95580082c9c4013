using Nabij.Server.Pages;

namespace Nabij.Server.Invitations;

/// <summary>The form and the list.</summary>
public sealed record InviteView
{
    public string CustomerName { get; init; } = "";

    public string Message { get; init; } = "";

    public string Ticket { get; init; } = "";

    public required string Language { get; init; }

    public int Life { get; init; } = 24;

    public FormProblems Problems { get; init; } = FormProblems.None;

    public required IReadOnlyList<Line> Lines { get; init; }

    /// <param name="Id">For the address that takes it back.</param>
    /// <param name="Name">May be empty.</param>
    /// <param name="Ticket">May be empty.</param>
    /// <param name="By">Who made it.</param>
    /// <param name="Made">When.</param>
    /// <param name="State">"made", "opened", "accepted", "over", "revoked".</param>
    /// <param name="At">When that was, or when the link ends.</param>
    public sealed record Line(Guid Id, string Name, string Ticket, string By, string Made, string State, string At)
    {
        internal bool IsLive => State is "made" or "opened";
    }
}

/// <summary>A link with its texts, ready to give away.</summary>
public sealed record InvitedView
{
    public required string Name { get; init; }

    public required string Address { get; init; }

    public required string Until { get; init; }

    public required IReadOnlyList<Letter> Letters { get; init; }

    /// <summary>An e-mail in one language.</summary>
    public sealed record Letter(string Language, string Subject, string Body)
    {
        internal string MailAddress => $"mailto:?subject={Uri.EscapeDataString(Subject)}&body={Uri.EscapeDataString(Body.ReplaceLineEndings("\r\n"))}";
    }
}

/// <summary>What the invited customer reads on top of the help page; when it is not live any more, only that it is over.</summary>
public sealed record InvitationWords(bool IsLive, string Reference, string By, string CustomerName, string Message, string Language)
{
    internal static readonly InvitationWords Over = new(false, "", "", "", "", "");
}
