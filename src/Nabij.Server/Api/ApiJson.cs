using System.Text.Json;
using System.Text.Json.Serialization;
using Nabij.Server.Api.Answers;

namespace Nabij.Server.Api;

/// <summary>
/// Everything that the API reads and writes, known at compile time. Reading is strict: members that are not known, given twice,
/// missing or null where they may not be are refused.
/// </summary>
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(RecordAnswer))]
[JsonSerializable(typeof(RecordList))]
[JsonSerializable(typeof(WaitingAnswers))]
[JsonSerializable(typeof(PersonList))]
[JsonSerializable(typeof(OrganizationAnswer))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(StatisticsAnswer))]
[JsonSerializable(typeof(LinkAnswer))]
[JsonSerializable(typeof(LinkList))]
[JsonSerializable(typeof(LinkMade))]
[JsonSerializable(typeof(NewLink))]
[JsonSerializable(typeof(CallbackAnswer))]
[JsonSerializable(typeof(CallbackAnswers))]
[JsonSerializable(typeof(CallbackChange))]
[JsonSerializable(typeof(WebhookList))]
[JsonSerializable(typeof(NewWebhook))]
[JsonSerializable(typeof(WebhookMade))]
[JsonSerializable(typeof(WebhookTested))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Deeper than anything that we take.</summary>
    private const int Depth = 8;

    internal static ApiJson Strict { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = Depth,
    });
}
