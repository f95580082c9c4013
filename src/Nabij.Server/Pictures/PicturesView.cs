namespace Nabij.Server.Pictures;

/// <summary>The pictures of one session, as its page and its report show them: closed, until the browser opens them.</summary>
public sealed record PicturesView
{
    /// <summary>32 hex digits, as a picture is bound to it.</summary>
    public required string Organization { get; init; }

    public required string Session { get; init; }

    /// <summary>Names this sign-in: an opened key serves no other one in this browser.</summary>
    public required string SignIn { get; init; }

    public required IReadOnlyList<Line> Lines { get; init; }

    /// <summary>One picture, of the run of its author. <paramref name="MayRemove"/>: this reader may.</summary>
    public sealed record Line(Guid Id, string Session, string Author, string Key, string Who, string When, bool MayRemove)
    {
        /// <summary>As the customer's log has it.</summary>
        public string Number => Id.ToString("N");
    }
}
