using System.Reflection;

namespace Nabij.Server.Commands;

/// <summary>What `nabij-server help` prints.</summary>
internal static class Usage
{
    private const string Text = """
        nabij-server: the web server of Nabij (help page, technicians' desk, relay).

        nabij-server [run] --data DIR [options]       runs the server until Ctrl+C
          --urls ADDRESSES          where to listen, separated by ";" (default http://localhost:5080)
          --origin URL              the one address that customers and technicians use
                                    (default: the first of --urls)
          --certificate FILE        TLS certificate: PFX, or PEM holding the chain and the private key
          --certificate-key FILE    private key, when the PEM file holds only the chain
          --certificate-password-file FILE
          --self-signed             makes DIR/self-signed.crt and uses it: for tests and first tries
          --behind-proxy ADDRESSES  plain http is fine for these proxies, which speak TLS for us
          --limit NAME=VALUE,...    changes limits, for example registrations-per-minute=20
                                    (all names: docs/operating.md)

        nabij-server setup --data DIR --organization NAME --slug SLUG --owner-email E --owner-password P
          --owner-name NAME         how customers see the owner when he or she helps them
          --owner-password-file F   in place of --owner-password, which other users of this machine could read
          --phone NUMBER            shown to customers who doubt
          --origin URL              as above; remembered for the other commands
          --language nl|en          what visitors see whose browser asks for neither (default nl)
          --no-second-factor        sign in with a password only

        nabij-server package FILE --data DIR [--out FILE] [--organization SLUG] [--origin URL]
                                    makes the published program FILE your organization's own; without
                                    --out it goes to DIR/downloads, where the help page offers it
        nabij-server organization --export FILE --data DIR [--organization SLUG] [--origin URL]
                                    writes the signed document about your organization

        nabij-server verify-audit --data DIR
                                    proves that the audit log is as it was written; exit code 1 if not
        nabij-server backup FILE --data DIR
                                    copies the database, also while the server runs; the keys are not in it

        nabij-server help | --version
        """;

    internal static async Task<int> WriteAsync(TextWriter writer)
    {
        await writer.WriteLineAsync(Text);
        return ExitCode.Done;
    }

    internal static async Task<int> WriteVersionAsync(TextWriter writer)
    {
        var version = typeof(Usage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        await writer.WriteLineAsync($"nabij-server {version}");
        return ExitCode.Done;
    }
}
