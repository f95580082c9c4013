using System.Text.Json.Serialization;

namespace Nabij.Server.Webhooks;

/// <summary>What is sent: which event, when it happened, and what it is about. No secret, no name, no number of a person.</summary>
public sealed record WebhookBody<T>(string Type, DateTimeOffset Timestamp, T Data);

/// <summary>About a session, and who began it: <c>GET /api/v1/sessions/{id}</c> tells the rest.</summary>
public sealed record SessionStartedNews(string Session, Guid Technician, DateTimeOffset StartedAt);

/// <summary>As above, once its last technician has left; <paramref name="Reason"/> is a name of docs/protocol/09-errors.md, or <c>connection-lost</c>.</summary>
public sealed record SessionEndedNews(string Session, Guid Technician, DateTimeOffset StartedAt, DateTimeOffset EndedAt, long Seconds, string Reason);

/// <summary>About a request to call back: <c>GET /api/v1/callbacks/{id}</c> tells the rest.</summary>
public sealed record CallbackNews(Guid Callback, DateTimeOffset AskedAt);

/// <summary>Somebody new waits; <paramref name="Waiting"/> counts everybody who does.</summary>
public sealed record WaitingNews(string Language, string Platform, DateTimeOffset Since, int Waiting);

/// <summary>About nothing.</summary>
public sealed record TestNews(Guid Webhook);

/// <summary>The bodies, known at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WebhookBody<SessionStartedNews>))]
[JsonSerializable(typeof(WebhookBody<SessionEndedNews>))]
[JsonSerializable(typeof(WebhookBody<CallbackNews>))]
[JsonSerializable(typeof(WebhookBody<WaitingNews>))]
[JsonSerializable(typeof(WebhookBody<TestNews>))]
internal sealed partial class WebhookJson : JsonSerializerContext;
