using System.Collections.Frozen;
using System.Globalization;
using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;

namespace Nabij.HostApp.Flow;

/// <summary>One language's texts together with the names to fill in: shop, host, technician and so on. Immutable.</summary>
internal sealed class Phrases
{
    private readonly FrozenDictionary<string, string> _names;

    public Phrases(Wording wording, Shop? shop)
        : this(wording, shop, NamesOf(shop))
    {
    }

    private Phrases(Wording wording, Shop? shop, FrozenDictionary<string, string> names)
    {
        Wording = wording;
        Shop = shop;
        _names = names;
    }

    public Wording Wording { get; }

    /// <summary>Who helps; null until it is known.</summary>
    public Shop? Shop { get; }

    public string this[string key] => Wording.Fill(key, _names);

    public string Title => this[Shop is null ? "title.plain" : "title"];

    /// <summary>The same phrases with one more name. What comes from a peer goes through <see cref="PeerText"/> first.</summary>
    public Phrases With(string name, string value)
    {
        var names = _names.ToDictionary(StringComparer.Ordinal);
        names[name] = value;
        return new Phrases(Wording, Shop, names.ToFrozenDictionary(StringComparer.Ordinal));
    }

    public Phrases With(string name, int value) => With(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The strips at the top of every window: who speaks, and whether anybody vouches for it.</summary>
    public IEnumerable<Part> Strips()
    {
        if (Shop is { Verified: false })
            yield return new Words("unverified", this["unverified"], WordsRole.Alarm);
        yield return new Words("brand", this[Shop is null ? "brand.plain" : "brand"], WordsRole.Brand);
    }

    /// <summary>Hang up and call the shop yourself, with its number when the signed document has one.</summary>
    /// <param name="key">The texts of the screen: they name the press that says no there.</param>
    public string CallYourself(string key = "warning") => this[key + (Shop is { Verified: true, Phone: not null } ? ".phone" : ".nophone")];

    /// <summary>Where to report what was not right: the shop's own contact, else its phone, where the document is a verified one.</summary>
    public string ReportAbuse() => this["end.abuse" + Shop switch
    {
        { Verified: true, Abuse: not null } => ".contact",
        { Verified: true, Phone: not null } => ".phone",
        _ => ".none",
    }];

    private static FrozenDictionary<string, string> NamesOf(Shop? shop)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (shop is not null)
        {
            names["shop"] = shop.Name;
            names["host"] = shop.Host;
            names["phone"] = shop.Phone ?? string.Empty;
            names["abuse"] = shop.Abuse ?? string.Empty;
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
