using System.Globalization;
using Nabij.Server.Pages;

namespace Nabij.Server.Explained;

/// <summary>A time that something is kept, for people: a key of the texts, which has the number for its place.</summary>
public sealed record Kept(string Key, int Count)
{
    internal static Kept Months(int count) => new(count == 1 ? "privacy.kept.month" : "privacy.kept.months", count);

    internal static Kept Days(int count) => new(count == 1 ? "privacy.kept.day" : "privacy.kept.days", count);

    internal static Kept Hours(int count) => new(count == 1 ? "privacy.kept.hour" : "privacy.kept.hours", count);

    internal string In(Texts texts) => texts.Format(Key, Count.ToString(CultureInfo.InvariantCulture));
}
