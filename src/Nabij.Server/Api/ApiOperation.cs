namespace Nabij.Server.Api;

/// <summary>What a call of the API needs and takes, beside its route; docs/api/openapi.json says the same.</summary>
/// <param name="Scope">The scope that the token must have; null for any token.</param>
/// <param name="Parameters">Names that may stand after the "?"; others are refused.</param>
internal sealed record ApiOperation(string? Scope, IReadOnlyList<string> Parameters);
