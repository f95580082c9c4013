namespace Nabij.Server.Api.Answers;

/// <summary>What a customer agreed to in the program (docs/protocol/10). Hashes are SHA-256 in hex. docs/api/openapi.json says what each member is.</summary>
public sealed record RecordAnswer(
    string Id, string TermsId, string TermsVersion, string Language, string TermsSha256, string LicenceSha256,
    bool AcceptedTerms, bool AcceptedLicence, string Backup, DateTimeOffset AcceptedAt, DateTimeOffset ReceivedAt);
