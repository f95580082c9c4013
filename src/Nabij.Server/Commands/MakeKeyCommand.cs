using Nabij.Server.Organizations;

namespace Nabij.Server.Commands;

/// <summary>`nabij-server make-key FILE`: makes an organization's key where it will be kept. Needs no server.</summary>
internal static class MakeKeyCommand
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--pass-phrase-file"], [], maximumWords: 1);
        if (arguments.Words is not [var word])
            throw OperatorException.Usage("Name the file to make: `nabij-server make-key FILE`.");
        var file = Path.GetFullPath(word);
        var info = await KeyFile.CreateAsync(file, KeyFile.PassPhrase(arguments.Find("--pass-phrase-file")), cancellation);
        await terminal.Out.WriteLineAsync($"{file} is the organization's key. Keep it here and a copy in another safe place; it never goes to the server.");
        await terminal.Out.WriteLineAsync($"{KeyFile.PublicOf(file)} is its public half, fingerprint {KeyFile.Fingerprint(info)}. Take it to the server: `nabij-server setup --organization-key {Path.GetFileName(KeyFile.PublicOf(file))} ...`.");
        return ExitCode.Done;
    }
}
