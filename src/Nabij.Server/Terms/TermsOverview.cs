using System.Text.Json.Serialization;

namespace Nabij.Server.Terms;

/// <summary>The answer of `/o/{slug}/terms` (docs/protocol/01, "What the host asks before").</summary>
internal sealed record TermsOverview(string Id, string Version, IReadOnlyList<TermsOverview.Text> Texts)
{
    internal sealed record Text(string Language, string TermsHash, string LicenceHash);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TermsOverview))]
internal sealed partial class TermsJson : JsonSerializerContext;
