namespace Nabij.Server.Records;

/// <summary>By what somebody who asks about the own data is looked for. Each word that is given finds by itself.</summary>
public sealed record PersonQuery
{
    internal const int ShortestWord = 2, LongestWord = 128;

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    public string Phone { get; init; } = "";

    /// <summary>With the days: a number is given to many.</summary>
    public string Nameplate { get; init; } = "";

    public DayRange Days { get; init; } = new();

    public IReadOnlyList<string> Wrong { get; init; } = [];

    public bool IsEmpty => (Name + Email + Phone + Nameplate).Length == 0;

    /// <summary>Words that may stand inside a text.</summary>
    internal IEnumerable<string> Words => ((string[])[Name, Email, Phone]).Where(word => word.Length > 0);

    internal static PersonQuery Read(Func<string, string> field)
    {
        var wrong = new List<string>();
        return new PersonQuery { Name = Word("name"), Email = Word("email"), Phone = Word("phone"), Nameplate = Number(), Days = DayRange.Read(field, wrong), Wrong = wrong };

        string Word(string name)
        {
            var text = field(name).Trim();
            if (text.Length == 0 || (text.Length is >= ShortestWord and <= LongestWord && !text.Any(char.IsControl)))
                return text;
            wrong.Add(name);
            return "";
        }

        string Number()
        {
            var text = field("nameplate").Trim();
            if (text.Length == 0 || Protocol.Rendezvous.Nameplate.IsValid(text))
                return text;
            wrong.Add("nameplate");
            return "";
        }
    }
}
