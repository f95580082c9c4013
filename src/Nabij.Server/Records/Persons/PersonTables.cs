namespace Nabij.Server.Records;

/// <summary>Where people are looked for.</summary>
internal static class PersonTables
{
    internal static readonly IReadOnlyList<PersonTable> All = [new AccountTraces(), new SessionTraces(), new NoteTraces(), new PictureTraces(), new CallbackTraces(), new InvitationTraces(), new WebhookTraces(), new AuditTraces()];

    internal static PersonTable? Find(string kind) => All.FirstOrDefault(table => table.Kind == kind);
}
