using System.Runtime.Versioning;
using Nabij.Protocol.Organizations;
using Nabij.Server.Commands;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests.Commands;

[UnsupportedOSPlatform("windows")]
public sealed class CommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nabij-command-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Setup_makes_an_organization_whose_secrets_only_its_account_can_read()
    {
        var (code, output, error) = await SetupAsync();

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains("/o/test", output, StringComparison.Ordinal);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Data) & others);
        var key = Assert.Single(Directory.GetFiles(Path.Combine(Data, "keys"), "organization-*.pem"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
    }

    [Theory]
    [InlineData("--slug", "Not A Slug")]
    [InlineData("--slug", "-x")]
    [InlineData("--slug", "a--b")]
    [InlineData("--owner-email", "nobody")]
    [InlineData("--owner-password", "too short")]
    [InlineData("--owner-password", "password123456")]
    [InlineData("--organization", "\u001b[31m")]
    [InlineData("--color", "red")]
    [InlineData("--language", "xx")]
    [InlineData("--origin", "help.example.nl")]
    public async Task Setup_with_a_bad_value_makes_nothing(string option, string value)
    {
        var (code, _, error) = await SetupAsync((option, value));

        Assert.Equal(ExitCode.Usage, code);
        Assert.NotEmpty(error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Data, "keys")) && Directory.GetFiles(Path.Combine(Data, "keys"), "organization-*.pem").Length > 0);
        Assert.Equal(ExitCode.Done, (await SetupAsync()).Code);
    }

    [Fact]
    public async Task A_slug_serves_one_organization()
    {
        await SetupAsync();

        var (code, _, error) = await SetupAsync();

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("already", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_appends_a_block_that_verifies_and_refuses_a_second_one()
    {
        await SetupAsync();
        var program = Path.Combine(_folder.FullName, "nabij-linux-x64");
        await File.WriteAllBytesAsync(program, [.. "the program"u8], Cancel);

        var packaged = await RunAsync("package", program, "--data", Data);
        var target = Path.Combine(Data, "downloads", "nabij-linux-x64");
        var bytes = await File.ReadAllBytesAsync(target, Cancel);
        var again = await RunAsync("package", target, "--data", Data, "--out", Path.Combine(_folder.FullName, "twice"));

        Assert.Equal(ExitCode.Done, packaged.Code);
        Assert.StartsWith("the program", System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(("test", "https://help.example.nl"), (OrganizationDocument.Open(OrganizationBlock.Find(bytes)).Slug, OrganizationDocument.Open(OrganizationBlock.Find(bytes)).Origin));
        Assert.True((File.GetUnixFileMode(target) & UnixFileMode.UserExecute) != 0);
        Assert.Equal(ExitCode.Failed, again.Code);
        Assert.Contains("already carries", again.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "twice")));
    }

    [Fact]
    public async Task The_exported_document_verifies()
    {
        await SetupAsync();
        var file = Path.Combine(_folder.FullName, "org.json");

        var (code, _, _) = await RunAsync("organization", "--export", file, "--data", Data, "--origin", "https://other.example.nl");

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal("https://other.example.nl", OrganizationDocument.Open(await File.ReadAllBytesAsync(file, Cancel)).Origin);
    }

    [Theory]
    [InlineData("package", "/no/such/file")]
    [InlineData("organization", "--export", "/no/such/folder/org.json")]
    [InlineData("backup", "/no/such/folder/backup.db")]
    public async Task A_file_that_cannot_be_used_is_told_in_words(params string[] command)
    {
        await SetupAsync();

        var (code, _, error) = await RunAsync([.. command, "--data", Data]);

        Assert.Equal(ExitCode.Environment, code);
        Assert.Contains("cannot be", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify-audit")]
    [InlineData("organization", "--export", "x")]
    public async Task A_folder_that_is_no_data_folder_is_told_in_words(params string[] command)
    {
        var (code, _, error) = await RunAsync([.. command, "--data", _folder.FullName]);

        Assert.Equal(ExitCode.Environment, code);
        Assert.Contains("not the data folder", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.Done, "help")]
    [InlineData(ExitCode.Done, "--help")]
    [InlineData(ExitCode.Done, "setup", "--help")]
    [InlineData(ExitCode.Done, "--version")]
    [InlineData(ExitCode.Usage, "dance")]
    [InlineData(ExitCode.Usage, "setup")]
    [InlineData(ExitCode.Usage, "package", "--data", "x")]
    [InlineData(ExitCode.Usage, "backup", "a", "b", "--data", "x")]
    [InlineData(ExitCode.Usage, "--data")]
    public async Task Exit_codes_tell_what_happened(int expected, params string[] command) => Assert.Equal(expected, (await RunAsync(command)).Code);

    [Fact]
    public async Task Help_names_every_option_that_the_server_and_its_setup_take()
    {
        var (code, output, _) = await RunAsync("setup", "--help");

        Assert.Equal(ExitCode.Done, code);
        var named = output.Split([' ', '\n', ','], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        Assert.All([.. RunOptions.Values, .. SetupCommand.Values, "--self-signed", "--no-second-factor"], option => Assert.Contains(option, named));
    }

    [Theory]
    [InlineData("The option --limits is not known here. Did you mean --limit?", "--data", "x", "--limits", "a=1")]
    [InlineData("The option --orign is not known here. Did you mean --origin?", "--data", "x", "--orign=https://help.example.nl")]
    [InlineData("The option --selfsigned is not known here. Did you mean --self-signed?", "--selfsigned", "--data", "x")]
    [InlineData("The option --owner-mail is not known here. Did you mean --owner-email?", "setup", "--owner-mail", "x@example.nl")]
    [InlineData("The option --frobnicate is not known here. `nabij-server help`", "--frobnicate")]
    [InlineData("The option --self-signed takes no value", "--self-signed=yes", "--data", "x")]
    [InlineData("There is no command \"set-up\". Did you mean \"setup\"?", "set-up")]
    [InlineData("There is no command \"dance\". `nabij-server help`", "dance")]
    public async Task What_is_mistyped_is_named_with_what_was_meant(string words, params string[] command)
    {
        var (code, _, error) = await RunAsync(command);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_organization_has_its_own_program_beside_that_of_the_first()
    {
        await SetupAsync();
        await SetupAsync(("--organization", "Second shop"), ("--slug", "second"));
        var program = Path.Combine(_folder.FullName, "nabij-linux-x64");
        await File.WriteAllBytesAsync(program, [1, 2, 3], Cancel);

        var (_, listed, _) = await RunAsync("organization", "--list", "--data", Data);
        await RunAsync("package", program, "--data", Data);
        await RunAsync("package", program, "--data", Data, "--organization", "second", "--origin", "https://help.example.nl");

        Assert.Equal($"/o/test  Computer shop{Environment.NewLine}/o/second  Second shop{Environment.NewLine}", listed);
        Assert.Equal("Computer shop", NameIn(Path.Combine(Data, "downloads", "nabij-linux-x64")));
        Assert.Equal("Second shop", NameIn(Path.Combine(Data, "downloads", "second", "nabij-linux-x64")));

        static string NameIn(string file) => OrganizationDocument.Open(OrganizationBlock.Find(File.ReadAllBytes(file))).DisplayName;
    }

    private async Task<(int Code, string Out, string Error)> SetupAsync(params (string Name, string Value)[] other)
    {
        var values = new Dictionary<string, string>
        {
            ["--organization"] = "Computer shop", ["--slug"] = "test", ["--owner-email"] = "owner@example.test", ["--owner-password"] = RunningServer.Password,
            ["--origin"] = "https://help.example.nl",
        };
        foreach (var (name, value) in other)
            values[name] = value;
        await TestDatabase.PrepareAsync(Data);
        return await RunAsync(["setup", "--data", Data, .. values.SelectMany(pair => new[] { pair.Key, pair.Value })]);
    }

    private static async Task<(int Code, string Out, string Error)> RunAsync(params string[] command)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(command, new Terminal(output, error), Cancel);
        return (code, output.ToString(), error.ToString());
    }
}
