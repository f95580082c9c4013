using System.Globalization;
using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>`nabij-server import FILE`: takes what was signed elsewhere, after checking all of it.</summary>
internal static class ImportCommand
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data", "--organization", "--origin"], [], maximumWords: 1);
        if (arguments.Words is not [var file])
            throw OperatorException.Usage("Name the file that `nabij-server sign` wrote: `nabij-server import FILE --data DIR`.");
        await using var services = await CommandServices.OpenAsync(new DataFolder(arguments.Require("--data")), cancellation);
        var (organization, origin) = await OrganizationChoice.FindAsync(services, arguments, cancellation);
        var (keys, documents) = (services.GetRequiredService<OrganizationKeys>(), services.GetRequiredService<OrganizationDocuments>());
        if (!keys.IsOffline(organization.Id))
            throw new OperatorException($"{organization.Name} has its key on this server, which signs by itself. Nothing was imported.");
        var answer = await SigningRequests.ReadAsync<SigningRequests.Answer>(file, read => read.Format == 1, cancellation);
        var (signed, document, certificates) = Open(file, answer);
        if (!documents.IsOwn(document, organization, origin) || !document.Keys[0].Span.SequenceEqual(keys.PublicKey(organization.Id)))
            throw new OperatorException($"{file} is of another organization, another key or another address than {origin}. Nothing was imported.", ExitCode.Failed);
        if (certificates.Any(one => !one.IsSignedBy(keys.PublicKey(organization.Id))))
            throw new OperatorException($"A certificate in {file} is not signed by the key of {organization.Name}. Nothing was imported.", ExitCode.Failed);
        var recordsCertificate = RecordsCertificateOf(file, answer);
        if (recordsCertificate is not null && !recordsCertificate.IsSignedBy(keys.PublicKey(organization.Id)))
            throw new OperatorException($"The certificate of the records key in {file} is not signed by the key of {organization.Name}. Nothing was imported.", ExitCode.Failed);
        DataFolder.WriteSecret(keys.DocumentFileOf(organization.Id), signed);
        var work = new Work(services, organization, terminal);
        await work.KeepAsync(certificates, cancellation);
        await work.KeepAsync(recordsCertificate);
        await work.CompareAsync(document, cancellation);
        return ExitCode.Done;
    }

    private static (byte[] Signed, OrganizationDocument Document, IReadOnlyList<TechnicianCertificate> Certificates) Open(string file, SigningRequests.Answer answer)
    {
        try
        {
            var signed = Convert.FromBase64String(answer.Document);
            return (signed, OrganizationDocument.Open(signed), [.. answer.Certificates.Select(one => TechnicianCertificate.Decode(Convert.FromBase64String(one)))]);
        }
        catch (Exception wrong) when (wrong is WireFormatException or HandshakeException or FormatException)
        {
            throw new OperatorException($"{file} is damaged. Nothing was imported; carry it here again.", ExitCode.Failed, wrong);
        }
    }

    private static RecordsCertificate? RecordsCertificateOf(string file, SigningRequests.Answer answer)
    {
        try
        {
            return answer.RecordsCertificate is { } encoded ? RecordsCertificate.Decode(Convert.FromBase64String(encoded)) : null;
        }
        catch (Exception wrong) when (wrong is WireFormatException or FormatException)
        {
            throw new OperatorException($"{file} is damaged. Nothing was imported; carry it here again.", ExitCode.Failed, wrong);
        }
    }

    /// <summary>What one import leaves behind.</summary>
    private sealed class Work(ServiceProvider services, Organization organization, Terminal terminal)
    {
        internal async Task KeepAsync(IReadOnlyList<TechnicianCertificate> certificates, CancellationToken cancellation)
        {
            await using var database = services.GetRequiredService<DatabaseSource>().Open(organization.Id);
            foreach (var one in certificates)
            {
                var id = new Guid(one.TechnicianId.Span, bigEndian: true);
                var until = DateTimeOffset.FromUnixTimeSeconds((long)one.NotAfter);
                var isKept = await services.GetRequiredService<TechnicianKeys>().TryKeepAsync(
                    new TechnicianKey
                    {
                        OrganizationId = organization.Id, TechnicianId = id, PublicKey = Convert.ToBase64String(one.PublicKey.Span),
                        AskedAt = default, Certificate = one.Encoded.ToArray(), NotAfter = until,
                    },
                    cancellation);
                await terminal.Out.WriteLineAsync(isKept
                    ? string.Create(CultureInfo.InvariantCulture, $"{one.DisplayName} is certified until {until:yyyy-MM-dd HH:mm} UTC.")
                    : $"{one.DisplayName} ({id:N}) did not ask here for this certificate, or asked with another key since: left out.");
                if (isKept)
                    await services.GetRequiredService<AuditLog>().RecordAsync(
                        database, new AuditEntry("command", "technician.certified", id.ToString(), AuditEntry.Done, $"elsewhere, until {until:O}"), cancellation);
            }
        }

        internal async Task KeepAsync(RecordsCertificate? certificate)
        {
            if (certificate is null) return;
            var until = DateTimeOffset.FromUnixTimeSeconds((long)certificate.NotAfter);
            await terminal.Out.WriteLineAsync(services.GetRequiredService<RecordsKeys>().TryKeep(organization.Id, certificate)
                ? string.Create(CultureInfo.InvariantCulture, $"The records key is certified until {until:yyyy-MM-dd}: customers get receipts.")
                : "The records key has changed since this was asked for: its certificate was left out. Run `nabij-server requests` once more.");
        }

        // The deny list travels in the document: one that is older than the list here is used, and told.
        internal async Task CompareAsync(OrganizationDocument document, CancellationToken cancellation)
        {
            await terminal.Out.WriteLineAsync($"The document of {organization.Name} is stored. Package the programs again if name, phone or contact changed.");
            var listed = document.DeniedTechnicians.Select(id => new Guid(id.Span, bigEndian: true)).ToHashSet();
            var missing = (await services.GetRequiredService<DenyList>().AllAsync(organization.Id, cancellation)).Where(one => !listed.Contains(one.TechnicianId)).ToList();
            if (missing.Count > 0)
                await terminal.Out.WriteLineAsync($"It does not name yet who was revoked since: {string.Join(", ", missing.Select(one => one.Name))}. Run `nabij-server requests` once more.");
        }
    }
}
