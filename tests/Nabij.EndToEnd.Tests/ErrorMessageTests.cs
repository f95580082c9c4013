using System.Net;
using System.Net.Sockets;
using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>What goes wrong around the programs: each says what happened and ends, with nothing left behind.</summary>
public sealed class ErrorMessageTests
{
    [Fact]
    public async Task A_server_whose_port_is_taken_says_so_and_ends()
    {
        await using var shop = await Shop.OpenAsync();
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await using var second = ChildProcess.Start(Programs.Server, ["--urls", $"http://127.0.0.1:{port}", "--data", folder.Path]);
        Assert.NotEqual(0, await second.ExitCodeAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains($"{port}", second.Everything, StringComparison.Ordinal);
        Assert.Contains("already listens", second.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_stops_the_setup_with_a_message_and_leaves_a_folder_that_works_later()
    {
        Assert.SkipUnless(System.Environment.UserName == "root", "mounting a small disk needs root");
        using var folder = new TemporaryFolder();
        await ChildProcess.RunAsync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.Path]);
        try
        {
            string[] setup = ["setup", "--organization", Shop.Name, "--slug", Shop.Slug, "--owner-email", Shop.Email, "--owner-password", Shop.Password, "--no-second-factor",
                              "--data", folder.Path, "--origin", "http://localhost:5999"];
            var filler = System.IO.Path.Combine(folder.Path, "filler");
            await File.WriteAllBytesAsync(filler, new byte[200 * 1024]);
            await using (var first = ChildProcess.Start(Programs.Server, setup))
            {
                Assert.NotEqual(0, await first.ExitCodeAsync(TimeSpan.FromSeconds(30)));
                Assert.Contains("disk", first.Everything, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("   at ", first.Everything, StringComparison.Ordinal);
            }

            File.Delete(filler);
            await ChildProcess.RunAsync("mount", ["-o", "remount,size=64m", folder.Path]);
            await ChildProcess.RunAsync(Programs.Server, setup);
        }
        finally
        {
            await ChildProcess.RunAsync("umount", [folder.Path]);
        }
    }

    [Fact]
    public async Task A_customer_without_a_display_is_told_so()
    {
        await using var shop = await Shop.OpenAsync();
        var environment = new Dictionary<string, string> { ["DISPLAY"] = "" };
        await using var customer = ChildProcess.Start(Programs.TestCustomer, ["--server", shop.Origin, "--organization", Shop.Slug], environment);
        Assert.NotEqual(0, await customer.ExitCodeAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("display", customer.Everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", customer.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_whose_server_is_not_there_is_told_so()
    {
        await using var desktop = await Desktop.StartAsync(320, 240);
        await using var customer = desktop.Run(Programs.TestCustomer, "--server", $"http://localhost:{Shop.FreePort()}", "--organization", Shop.Slug);
        Assert.NotEqual(0, await customer.ExitCodeAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("server", customer.Everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", customer.Everything, StringComparison.Ordinal);
    }
}
