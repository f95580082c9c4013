using System.Globalization;
using Nabij.Server.Api;
using Nabij.Server.Callbacks;
using Nabij.Server.Desk.Notes;
using Nabij.Server.Invitations;
using Nabij.Server.Pictures;
using Nabij.Server.Tests.Records;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Tests.Web;

/// <summary>
/// One row of each kind that an address can name, in the first organization and of one of its people, with a mark where
/// words of people stand. Made anew for each request, for an earlier one may have taken its row away.
/// </summary>
internal sealed class OneOfEach
{
    internal const string Mark = "zanzibar";

    private readonly Guid _account, _colleague, _id = Guid.NewGuid(), _delivery = Guid.NewGuid();
    private readonly string _session, _consent, _key;

    private OneOfEach((Guid Account, Guid Colleague) people, int number, string consent)
    {
        (_account, _colleague, _consent) = (people.Account, people.Colleague, consent);
        _session = number.ToString("x32", CultureInfo.InvariantCulture);
        _key = number.ToString("x64", CultureInfo.InvariantCulture);
    }

    internal static async Task<OneOfEach> AddAsync(RunningServer server, (Guid Account, Guid Colleague) people, int number, DateTimeOffset now)
    {
        var rows = new OneOfEach(people, number, await RecordsStage.AddConsentAsync(server, RecordsStage.Noon.AddMinutes(number)));
        await using var database = await server.OpenDatabaseAsync();
        var session = RecordsStage.Session(database, (people.Account, rows._consent), number, now.AddHours(-1));
        (session.CustomerName, session.EndedAt, session.EndReason) = (Mark, now.AddMinutes(-50), null);
        database.Add(session);
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        var secrets = server.Services.GetRequiredService<WebhookSecrets>();
        foreach (var row in rows.Rows(database.CurrentOrganizationId, now, secrets))
        {
            // One by one: a later one may name an earlier one.
            database.Add(row);
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        return rows;
    }

    /// <summary>The path of a line of the table, with the row in it that it is about.</summary>
    internal string Path(EndpointTable.Line line) => line.Pattern
        .Replace("{delivery:guid}", $"{_delivery}", StringComparison.Ordinal)
        .Replace("{id:guid}", $"{(line.Pattern.Contains("/people/", StringComparison.Ordinal) || line.Pattern.Contains("/technicians/", StringComparison.Ordinal) ? _colleague : _id)}", StringComparison.Ordinal)
        .Replace("{id}", line.Pattern switch
        {
            var one when one.Contains("/keys/", StringComparison.Ordinal) => _key,
            var one when one.Contains("/consents/", StringComparison.Ordinal) || one.EndsWith("/records/{id}", StringComparison.Ordinal) => _consent,
            _ => _session,
        }, StringComparison.Ordinal);

    private IEnumerable<object> Rows(Guid organization, DateTimeOffset now, WebhookSecrets secrets)
    {
        yield return new NoteTemplate { OrganizationId = organization, Id = _id, Name = Mark, Language = "en", Text = Mark, ChangedBy = _account, ChangedAt = now };
        yield return new CustomerInvitation
        {
            OrganizationId = organization, Id = _id, Reference = _id.ToString("N")[..12], MadeBy = $"{_account}", MadeByName = Mark, CustomerName = Mark, Message = Mark, Ticket = Mark,
            Language = "nl", CreatedAt = now, ExpiresAt = now.AddDays(1),
        };
        yield return new CallbackRequest
        {
            OrganizationId = organization, Id = _id, Name = Mark, Phone = "020 555 0123", Email = "", Problem = Mark, Language = "nl", Consent = "", CheckNumber = "0001", State = CallbackState.Open, AskedAt = now,
        };
        yield return new ApiToken
        {
            OrganizationId = organization, Id = _id, Name = Mark, Hint = "nabij_", SecretHash = $"{_key}", Scopes = Scopes.PeopleRead, MadeBy = _account, CreatedAt = now, ExpiresAt = now.AddDays(1),
        };
        yield return new Webhook
        {
            OrganizationId = organization, Id = _id, Name = Mark, Address = "https://hooks.example.test/", Events = "callback.asked", Secret = secrets.Seal(WebhookSignature.CreateSecret()), MadeBy = _account, CreatedAt = now,
        };
        yield return new WebhookDelivery
        {
            OrganizationId = organization, Id = _delivery, WebhookId = _id, Event = "callback.asked", Subject = Mark, Body = "{}", CreatedAt = now, Outcome = "gone",
        };
        yield return new PicturesKey { OrganizationId = organization, Id = _key, PublicKey = new byte[65], Wrapped = new byte[16], MadeBy = _account, MadeAt = now };
        yield return new KeptPicture
        {
            OrganizationId = organization, Id = _id, SessionId = _session, TechnicianId = _account, PicturesKeyId = _key, Envelope = new byte[16], Bytes = 16, KeptAt = now,
        };
    }
}
