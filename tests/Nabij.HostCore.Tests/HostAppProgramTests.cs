using System.Diagnostics;
using System.Runtime.Versioning;
using Nabij.HostApp.Flow;
using Nabij.HostApp.Linux;
using Nabij.HostApp.Start;
using Nabij.Protocol.Organizations;

namespace Nabij.HostCore.Tests;

/// <summary>The program's start: its options, its own file, its place, and what it says where no window can.</summary>
[SupportedOSPlatform("linux")]
public sealed class HostAppProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nabij-").FullName;
    private readonly HostAppShop _shop = new();

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Nabij.HostApp");

    [Fact]
    public void A_program_with_a_block_knows_its_organization()
    {
        var file = Write([.. new byte[100_000], .. OrganizationBlock.Create(_shop.SignedDocument)]);
        var known = Assert.IsType<StartPoint.Known>(OwnBlock.Read(file)).Organization;
        Assert.Equal("De Linde", known.Shop.Name);
        Assert.True(known.Shop.Verified);
        Assert.Equal(new Uri(HostAppShop.Origin), known.Server);
    }

    [Fact]
    public void A_program_without_a_block_asks() => Assert.IsType<StartPoint.Ask>(OwnBlock.Read(Write(new byte[100])));

    [Fact]
    public void An_empty_or_missing_program_asks()
    {
        Assert.IsType<StartPoint.Ask>(OwnBlock.Read(Write([])));
        Assert.IsType<StartPoint.Ask>(OwnBlock.Read(Path.Combine(_folder, "none")));
        Assert.IsType<StartPoint.Ask>(OwnBlock.Read(null));
    }

    [Fact]
    public void A_block_that_was_changed_is_damaged()
    {
        var block = OrganizationBlock.Create(_shop.SignedDocument);
        block[60] ^= 1;
        Assert.IsType<StartPoint.Damaged>(OwnBlock.Read(Write([.. new byte[50], .. block])));
        Assert.IsType<StartPoint.Damaged>(OwnBlock.Read(Write([0, 0, 0, 99, .. "NABIJORG"u8])));
    }

    [Theory]
    [InlineData("--server", "https://help.example.com", "--organization", "linde", "--language", "nl")]
    [InlineData("--organization-file", "org.json", "--server-certificate", "server.crt")]
    [InlineData("--version")]
    [InlineData("--help")]
    public void Options_are_read(params string[] arguments) => Assert.NotNull(StartOptions.Read(arguments).Options);

    [Fact]
    public void An_organization_that_an_option_names_is_not_verified()
    {
        var file = Write(_shop.SignedDocument);
        var known = StartWith(new StartPoint.Ask(), "--organization-file", file);
        Assert.False(known.Shop.Verified);
        Assert.Equal("help.linde.example", known.Shop.Host);
        var led = StartWith(new StartPoint.Ask(), "--organization-file", file, "--server", "https://elsewhere.example");
        Assert.False(led.Shop.Verified);
        Assert.Equal("elsewhere.example", led.Shop.Host);
        Assert.Equal(new Uri("https://elsewhere.example"), led.Server);
    }

    [Theory]
    [InlineData("--server", "https://elsewhere.example")]
    [InlineData("--organization-file", "other.json")]
    [InlineData("--server-certificate", "other.crt")]
    [InlineData("--organization", "other")]
    public async Task A_program_with_an_organization_of_its_own_cannot_be_led_elsewhere(string option, string value)
    {
        var options = StartOptions.Read([option, value]).Options!;
        Assert.Equal(option, CustomerProgram.RefusedOption(new StartPoint.Known(_shop.Organization), options));
        Assert.Equal(option, CustomerProgram.RefusedOption(new StartPoint.Damaged(), options));
        Assert.Null(CustomerProgram.RefusedOption(new StartPoint.Ask(), options));
        Assert.Same(_shop.Organization, StartWith(new StartPoint.Known(_shop.Organization), "--server", "https://elsewhere.example"));

        // The program as a customer gets it: with the block at its end.
        var released = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        try
        {
            File.Copy(Program, released);
            await File.AppendAllBytesAsync(released, OrganizationBlock.Create(_shop.SignedDocument), TestContext.Current.CancellationToken);
            var (code, output) = await RunAsync(released, "DISPLAY=", ["--language", "en", option, value]);
            Assert.Equal(CustomerProgram.WrongUsage, code);
            Assert.Contains($"Start it without {option}.", output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(released);
        }
    }

    [Theory]
    [InlineData("--server", "http://help.example.com")]
    [InlineData("--server")]
    [InlineData("--organization", "De Linde")]
    [InlineData("--language", "xx")]
    [InlineData("--secret", "123456")]
    [InlineData("file.txt")]
    public void Wrong_options_are_explained(params string[] arguments)
    {
        var (options, error) = StartOptions.Read(arguments);
        Assert.Null(options);
        Assert.Contains(arguments[0], error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_display_the_program_says_so_and_ends()
    {
        Assert.SkipUnless(HostAppDesktop.IsPossible, "This machine has no GTK.");
        var (code, output) = await RunAsync("DISPLAY=", "--language", "en");
        Assert.Equal(CustomerProgram.NoDisplay, code);
        Assert.Contains("no display", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_gtk_the_program_says_so_and_ends()
    {
        // An empty file in front of the library, on the search path of this one process, is a library that cannot be loaded.
        await File.WriteAllBytesAsync(Path.Combine(_folder, GtkLibraries.Gtk), [], TestContext.Current.CancellationToken);
        var (code, output) = await RunAsync("LD_LIBRARY_PATH=" + _folder, "--language", "nl");
        Assert.Equal(CustomerProgram.NoWindows, code);
        Assert.Contains("GTK 3", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_and_wrong_options_need_no_display()
    {
        var (code, output) = await RunAsync("DISPLAY=", "--version");
        Assert.Equal(CustomerProgram.Success, code);
        Assert.Equal("Nabij " + CustomerProgram.Version, output.Trim());
        (code, output) = await RunAsync("DISPLAY=", "--nonsense");
        Assert.Equal(CustomerProgram.WrongUsage, code);
        Assert.Contains("--server-certificate", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_start_knocks_and_the_first_one_hears_it()
    {
        var display = "test-" + Guid.NewGuid();
        using var first = SingleStart.Take(display, out var runsAlready);
        Assert.False(runsAlready);
        var knocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        first!.Watch(() => knocked.TrySetResult());
        Assert.Null(SingleStart.Take(display, out runsAlready));
        Assert.True(runsAlready);
        await knocked.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void The_place_is_free_again_after_the_program()
    {
        var display = "test-" + Guid.NewGuid();
        SingleStart.Take(display, out _)!.Dispose();
        using var next = SingleStart.Take(display, out var runsAlready);
        Assert.False(runsAlready);
        Assert.NotNull(next);
    }

    public void Dispose()
    {
        _shop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Organization StartWith(StartPoint own, params string[] arguments) =>
        Assert.IsType<StartPoint.Known>(CustomerProgram.StartOf(own, StartOptions.Read(arguments).Options!)).Organization;

    private static Task<(int Code, string Output)> RunAsync(string variable, params string[] arguments) => RunAsync(Program, variable, arguments);

    private static async Task<(int Code, string Output)> RunAsync(string program, string variable, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("WAYLAND_DISPLAY");
        var (name, value) = (variable[..variable.IndexOf('=', StringComparison.Ordinal)], variable[(variable.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
