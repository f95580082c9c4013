using System.Text;

namespace Nabij.Server.Records;

/// <summary>The fields of a search as an address carries them on: to the next page, to another language, into an export's form.</summary>
public sealed record KeptQuery(IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    private const int LongestValue = 100;

    internal static KeptQuery Of(HttpRequest request, params string[] names) =>
        new([.. names.Select(name => KeyValuePair.Create(name, request.Query[name].ToString())).Where(one => one.Value.Length is > 0 and <= LongestValue)]);

    /// <summary>Begins with "&amp;", or is empty.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Fields)
            text.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return text.ToString();
    }
}
