using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Nabij.Server.Desk.Waiting;

namespace Nabij.Server.Desk;

/// <summary>Everything the desk's addresses read and write, known at compile time: nothing else can be deserialized.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TicketRequest))]
[JsonSerializable(typeof(TicketAnswer))]
[JsonSerializable(typeof(CertificateRequest))]
[JsonSerializable(typeof(CertificateAnswer))]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(EndRequest))]
[JsonSerializable(typeof(ClaimRequest))]
[JsonSerializable(typeof(PresenceAnswer))]
[JsonSerializable(typeof(WaitingList))]
[JsonSerializable(typeof(WaitingChange))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class DeskJson : JsonSerializerContext;
