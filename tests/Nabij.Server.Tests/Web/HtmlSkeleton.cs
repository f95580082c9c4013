// What a page is made of besides its words: tags with the names of their attributes, in order. Two pages that differ in
// nothing but a text have the same skeleton; a text that became markup changes it. It reads tags as the HTML standard
// does (13.2.5, tokenization), as far as pages of ours need it.

using System.Globalization;
using System.Net;
using System.Text;

namespace Nabij.Server.Tests.Web;

internal static class HtmlSkeleton
{
    /// <summary>The tags of a page, one a line, such as "a class href".</summary>
    internal static string Of(string html)
    {
        var skeleton = new StringBuilder();
        var at = 0;
        while ((at = html.IndexOf('<', at)) >= 0 && at + 1 < html.Length)
        {
            var next = html[at + 1];
            if (next == '!')
                at = EndOfDeclaration(html, at, skeleton);
            else if (next == '/' || char.IsAsciiLetter(next))
                at = EndOfTag(html, at, skeleton);
            else
                at++;
        }

        return skeleton.ToString();
    }

    /// <summary>The text as a page writes it: what the page must hold when it shows the text.</summary>
    internal static bool Shows(string html, string text) => WebUtility.HtmlDecode(html).Contains(text, StringComparison.Ordinal);

    private static int EndOfDeclaration(string html, int at, StringBuilder skeleton)
    {
        var isComment = html.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal);
        var end = isComment ? html.IndexOf("-->", at + 4, StringComparison.Ordinal) : html.IndexOf('>', at);
        skeleton.AppendLine(isComment ? "comment" : "declaration");
        return end < 0 ? html.Length : end + 1;
    }

    private static int EndOfTag(string html, int at, StringBuilder skeleton)
    {
        var start = ++at;
        while (at < html.Length && html[at] is not ('>' or ' ' or '\n' or '\r' or '\t' or '\f') && !(html[at] == '/' && at > start))
            at++;
        skeleton.Append(html[start..at].ToLowerInvariant());
        while (at < html.Length && html[at] != '>')
        {
            if (char.IsWhiteSpace(html[at]) || html[at] == '/')
            {
                at++;
                continue;
            }

            start = at;
            while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] is not ('=' or '>' or '/'))
                at++;
            if (at == start)
                at++;
            skeleton.Append(CultureInfo.InvariantCulture, $" {html[start..at].ToLowerInvariant()}");
            at = EndOfValue(html, at);
        }

        skeleton.AppendLine();
        return at;
    }

    private static int EndOfValue(string html, int at)
    {
        var value = at;
        while (value < html.Length && char.IsWhiteSpace(html[value]))
            value++;
        if (value >= html.Length || html[value] != '=')
            return at;
        value++;
        while (value < html.Length && char.IsWhiteSpace(html[value]))
            value++;
        if (value < html.Length && html[value] is '"' or '\'')
        {
            var end = html.IndexOf(html[value], value + 1);
            return end < 0 ? html.Length : end + 1;
        }

        while (value < html.Length && !char.IsWhiteSpace(html[value]) && html[value] != '>')
            value++;
        return value;
    }
}
