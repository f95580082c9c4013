using System.Text.Json.Serialization;

namespace Nabij.Protocol.Organizations;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OrganizationJson))]
[JsonSerializable(typeof(SignedJson))]
internal sealed partial class OrganizationJsonContext : JsonSerializerContext;
