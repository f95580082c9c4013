using System.Reflection;

namespace Nabij.Server.Commands;

/// <summary>What `nabij-server help` prints.</summary>
internal static class Usage
{
    private const string Text = """
        nabij-server: the web server of Nabij (help page, technicians' desk, relay).

        nabij-server [run] --data DIR [options]       runs the server until Ctrl+C
          --data DIR                the folder of this server: database, keys, downloads, nabij.json
          --urls ADDRESSES          where to listen, separated by ";" (default http://localhost:5080)
          --origin URL              the one address that customers and technicians use
                                    (default: the first of --urls)
          --certificate FILE        TLS certificate: PFX, or PEM holding the chain and the private key
          --certificate-key FILE    private key, when the PEM file holds only the chain
          --certificate-password-file FILE
                                    holds the password of the PFX or of the private key
          --key-ring-certificate FILE
                                    seals DIR/keys/ring with this certificate (PEM or PFX with its RSA key); keep it
                                    away from backups. After a change: "NEW;OLD" at one start
          --key-ring-certificate-password-file FILE
                                    holds its password
          --self-signed             makes DIR/self-signed.crt and uses it: for tests and first tries
          --behind-proxy ADDRESSES  plain http is fine for these proxies, which speak TLS for us
          --database ADDRESS        a PostgreSQL database in place of nabij.db in DIR, for example
                                    "Host=/run/postgresql;Database=nabij;Username=nabij"; remembered in DIR
          --database-file FILE      holds that text, when there is a password in it
          --limit NAME=VALUE,...    changes limits, for example registrations-per-minute=20
                                    (all names: docs/operating.md)

        nabij-server setup --data DIR --organization NAME --slug SLUG --owner-email E --owner-password P
                                    makes an organization and its owner, without a browser
          --organization NAME       what customers call it
          --slug SLUG               its name in addresses, /o/SLUG: a-z, 0-9 and single "-", at most 40
          --owner-email E           the owner signs in with it
          --owner-password P        at least 12 characters, and no common one
          --owner-name NAME         how customers see the owner when he or she helps them
          --owner-password-file F   in place of --owner-password, which other users of this machine could read
          --legal-name NAME         the name in the trade register
          --trade-number NUMBER     the number in the trade register
          --color COLOR             of the brand: "#" and six of 0-9, a-f (default #0b5c7a)
          --phone NUMBER            shown to customers who doubt
          --abuse-contact TEXT      where customers report abuse: an address, a number, a page (default: the phone)
          --organization-key FILE   offline mode: the public half (FILE.pub) of a key that `make-key` made and that
                                    stays elsewhere; this server then signs nothing (see docs/operating.md)
          --origin URL              as above; remembered for the other commands
          --language nl|en          what visitors see whose browser asks for neither (default nl)
          --database ADDRESS, --database-file FILE
                                    as above
          --no-second-factor        sign in with a password only

        nabij-server package FILE --data DIR [--out FILE] [--organization SLUG] [--origin URL]
                                    makes the published program FILE your organization's own; without
                                    --out it goes to DIR/downloads, where the help page offers it
        nabij-server organization --export FILE --data DIR [--organization SLUG] [--origin URL]
                                    writes the signed document about your organization
          --phone NUMBER, --abuse-contact TEXT
                                    change these first; programs that were packaged before keep the old ones

        nabij-server organization --list --data DIR
                                    the organizations of this server; `setup` with another --slug adds one

        nabij-server revoke NAME --data DIR [--organization SLUG] [--lift]
                                    a technician (name, e-mail or id) may not help any more: signed out, sessions end,
                                    and customers' programs refuse the certificate; --lift undoes it
        nabij-server revoke --list --data DIR
                                    who may not

        Offline mode, where a break-in into the server cannot make a technician:
        nabij-server make-key FILE [--pass-phrase-file F]
                                    makes the organization's key on the machine where it stays, and FILE.pub
        nabij-server requests FILE --data DIR [--all]
                                    on the server: what is to be signed (--all: also what is certified already)
        nabij-server sign FILE --key KEY --out SIGNED [--days N] [--pass-phrase-file F] [--yes]
                                    where the key is: shows what it signs and asks; for at most 90 days
        nabij-server import SIGNED --data DIR
                                    on the server: checks and stores the certificates and the document

        nabij-server verify-audit --data DIR [--expect SEQ:HASH] [--organization SLUG]
                                    proves that the audit log is as it was written and meets its signed checkpoints;
                                    --expect: also that this event still has the hash noted elsewhere; exit code 1 if not
        nabij-server verify-audit --file FILE [--data DIR]
                                    the same of an audit log that was exported with its proof
        nabij-server verify-log FILE [--data DIR]
                                    proves that a log which a customer saved is as it was written, and says what it
                                    says; with --data also that it is of this server; exit code 1 if not
        nabij-server verify-receipt FILE [--data DIR]
                                    proves that the receipt of a consent is genuine, and says what it says
        nabij-server backup FILE --data DIR [--without-keys | --with-key-ring]
                                    everything of this server but its key ring in one file, also while it runs: the database, the keys
                                    and the other files of DIR. Who can read it can pose as your technicians
        nabij-server restore FILE --data DIR [--database ADDRESS | --database-file F]
                                    makes a server from a backup, in an empty folder and an empty database, of either
                                    kind; checks the audit log, and says what is left to do

        nabij-server check --data DIR
                                    says in words what is wrong with this server and what to do; exit code 1 if
                                    anything is

        nabij-server reset-owner --data DIR --email E [--organization SLUG] [--origin URL]
                                    when no owner can sign in any more: takes away password and second step of
                                    the person with this address, ends his or her sign-ins, makes the person
                                    owner, and prints a link to start over with; written into the audit log

        nabij-server help | --help | -h                prints this
        nabij-server version | --version               prints the version

        Exit codes: 0 done; 1 something was found wrong, such as a broken audit log; 2 the command line is not
        understood; 3 the machine does not allow it, such as a port that is taken or a full disk.
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
