using System.Text.Json.Serialization;

namespace Nabij.Server.Pages;

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class TextsJson : JsonSerializerContext;
