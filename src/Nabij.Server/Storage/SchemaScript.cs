using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Nabij.Server.Storage;

/// <summary>One numbered script of Storage/Migrations, as "0001-organizations.sql".</summary>
internal sealed record SchemaScript(int Number, string Name, string Sql)
{
    internal string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>The scripts that this program carries for one database, in order. Numbers are unique; one may be left out.</summary>
    internal static IReadOnlyList<SchemaScript> Of(string engine)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"migrations/{engine}/";
        var scripts = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name, prefix.Length))
            .ToList();
        return scripts.DistinctBy(script => script.Number).Count() == scripts.Count
            ? scripts
            : throw new InvalidOperationException("Two migration scripts have the same number.");
    }

    private static SchemaScript Read(Assembly assembly, string resource, int prefixLength)
    {
        using var stream = assembly.GetManifestResourceStream(resource) ?? throw new FileNotFoundException(resource);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var name = resource[prefixLength..];
        return new SchemaScript(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
