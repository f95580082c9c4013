using System.Net;
using Nabij.Server.Web.Outbound;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Tests.Webhooks;

/// <summary>A webhook must not make the server ask its own network: by address, by name, or by a name that changes.</summary>
public sealed class ReachableTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("192.0.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:1::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    public void An_address_that_is_not_of_the_public_internet_is_refused(string address) => Assert.False(Usual.Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("::ffff:93.184.216.34")]
    [InlineData("2606:2800:220:1::1")]
    public void A_public_address_is_reached(string address) => Assert.True(Usual.Allows(IPAddress.Parse(address)));

    [Fact]
    public void The_operator_opens_one_network_and_no_other()
    {
        var reachable = With("10.1.2.0/24");

        Assert.True(reachable.Allows(IPAddress.Parse("10.1.2.3")));
        Assert.False(reachable.Allows(IPAddress.Parse("10.1.3.3")));
        Assert.False(reachable.Allows(IPAddress.Loopback));
    }

    [Theory]
    [InlineData("https://tickets.example/hook?key=1", true)]
    [InlineData("https://93.184.216.34:8443/", true)]
    [InlineData("http://tickets.example/hook", false)]
    [InlineData("http://localhost/", false)]
    [InlineData("https://localhost/", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://0x7f.1/", false)]
    [InlineData("https://2130706433/", false)]
    [InlineData("https://[::ffff:127.0.0.1]/", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("https://user:secret@tickets.example/", false)]
    [InlineData("https://tickets.example/#part", false)]
    [InlineData("ftp://tickets.example/", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("//tickets.example/", false)]
    [InlineData("https://tickets.example/a b", false)]
    [InlineData("https://tickets.example\\@127.0.0.1/", false)]
    [InlineData("", false)]
    public void An_address_is_taken_only_when_it_can_be_right(string address, bool taken) => Assert.Equal(taken, WebhookAddress.Read(address, Usual).Problem is null);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1,192.168.1.1")]
    public async Task A_name_that_leads_inside_is_refused_at_the_connection(string answers)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hooks = await HookServer.StartAsync(privateNetworks: "", names: new NameLookup((_, _) => Task.FromResult(answers.Split(',').Select(IPAddress.Parse).ToArray())));
        var (id, _) = await hooks.MakeAsync($"https://tickets.example:{new Uri(receiver.Address).Port}/");

        await hooks.TestAsync(id);
        await hooks.SendAsync();

        Assert.Equal((PostOutcome.RefusedAddress, (int?)null), ((await hooks.LogAsync())[0].Outcome, (await hooks.LogAsync())[0].LastStatus));
        Assert.Empty(receiver.Messages);
    }

    [Fact]
    public async Task Every_connection_asks_anew_and_goes_only_to_an_address_that_was_checked()
    {
        await using var receiver = await Receiver.StartAsync();
        var asked = 0;
        var names = new NameLookup((_, _) =>
        {
            asked++;
            // The trick of DNS rebinding: a good address for the check, an inner one for the connection.
            return Task.FromResult<IPAddress[]>(asked == 1 ? [IPAddress.Parse("127.0.0.9"), IPAddress.Parse("10.0.0.1")] : [IPAddress.Parse("10.0.0.1")]);
        });
        var post = new WebhookPost(names, With("127.0.0.9/32"), TimeProvider.System);
        var secrets = new[] { WebhookSignature.CreateSecret() };
        var address = new Uri($"http://tickets.example:{new Uri(receiver.Address).Port}/");

        var first = await post.SendAsync(address, ("msg_1", "{}"), secrets, Cancel);
        var second = await post.SendAsync(address, ("msg_2", "{}"), secrets, Cancel);

        // Nothing listens at 127.0.0.9; the inner address beside it was never tried.
        Assert.Equal((PostOutcome.Unreachable, PostOutcome.RefusedAddress, 2), (first.Word, second.Word, asked));
        post.Dispose();
    }

    private static Reachable Usual { get; } = With("");

    private static Reachable With(string networks) => new(PrivateNetworks.Read(networks));
}
