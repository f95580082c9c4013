using System.Text.Json.Serialization;

namespace Nabij.Server.Callbacks;

/// <summary>
/// One request as the desk shows it. What the customer typed is text, never markup. Seconds instead of a time of day: the
/// page's clock need not be right. <paramref name="Mine"/>: whoever reads this has it.
/// </summary>
public sealed record CallbackLine(
    string Id, string Name, string Phone, string Email, string Problem, string Language, string CheckNumber, string State, string HandledBy, bool Mine, long WaitingSeconds)
{
    internal static CallbackLine Of(CallbackRequest request, string actor, DateTimeOffset now) => new(
        request.Id.ToString("D"), request.Name, request.Phone, request.Email, request.Problem, request.Language, request.CheckNumber, request.State, request.HandledByName, request.HandledBy == actor,
        Math.Max(0, (long)(now - request.AskedAt).TotalSeconds));
}

/// <summary>Those to be called, longest waiting first.</summary>
public sealed record CallbackList(IReadOnlyList<CallbackLine> Callbacks);

/// <summary>How far a request is from now on.</summary>
/// <param name="State">"open", "taken" or "done".</param>
/// <param name="Over">Also when a colleague has it.</param>
public sealed record CallbackMark(string? State, bool Over = false);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CallbackList))]
[JsonSerializable(typeof(CallbackMark))]
internal sealed partial class CallbackJson : JsonSerializerContext;
