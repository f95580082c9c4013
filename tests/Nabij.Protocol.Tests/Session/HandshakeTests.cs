using Nabij.Protocol.Session;

namespace Nabij.Protocol.Tests.Session;

/// <summary>What a whole run of both sides must give, apart from the vectors.</summary>
public sealed class HandshakeTests
{
    [Fact]
    public void Both_sides_agree_on_session_id_check_number_and_rights()
    {
        var (host, viewer) = TestRun.Established();
        Assert.Equal(host.SessionId.ToArray(), viewer.SessionId.ToArray());
        Assert.Equal(host.CheckNumber, viewer.CheckNumber);
        Assert.Matches("^[0-9]{4}$", host.CheckNumber);
        Assert.Equal("Peter", host.Technician.DisplayName);
        Assert.Equal("PC-JAN", viewer.Host.MachineName);
        Assert.Equal(Permissions.None, viewer.GrantedPermissions);
    }

    [Fact]
    public void What_is_requested_beyond_the_ceiling_is_cut_off()
    {
        var (host, viewer) = TestRun.Established();
        Assert.Equal(Permissions.View | Permissions.Pointer, host.RequestedPermissions);
        Assert.Equal(host.RequestedPermissions, viewer.RequestedPermissions);
    }

    [Fact]
    public void A_wrong_code_burns_the_secret_and_tells_the_peer_one_byte()
    {
        using var run = new TestRun(typed: "902636");
        var message2 = run.Host.Receive(run.Viewer.Start().Reply!.Value.Span).Reply!.Value;
        var step = run.Host.Receive(run.Viewer.Receive(message2.Span).Reply!.Value.Span);
        Assert.Equal("TagMismatch", step.Failure?.Name);
        Assert.True(step.IsSecretBurnt);
        Assert.True(run.Secret.IsBurnt);
        Assert.Equal([1, 0x0f, 1, 1], step.Reply!.Value.ToArray());
        Assert.Equal("PeerFailed", run.Viewer.Receive(step.Reply.Value.Span).Failure?.Name);
    }

    [Fact]
    public void A_burnt_secret_serves_no_further_run()
    {
        using var secret = SupportSecret.FromDigits("902635"u8);
        secret.Burn();
        Assert.Throws<ArgumentException>(() => new CustomerHandshake(TestRun.HostOptions(secret, new byte[16])));
    }

    [Fact]
    public void Two_runs_may_break_off_and_the_third_burns()
    {
        using var secret = SupportSecret.FromDigits("902635"u8);
        for (var run = 1; run <= 3; run++)
        {
            using var one = new TestRun(secret: secret);
            one.Host.Receive(one.Viewer.Start().Reply!.Value.Span);
            var step = one.Host.ConnectionEnded();
            Assert.True(step.IsBrokenOff);
            Assert.Equal(run == 3, step.IsSecretBurnt);
            Assert.Equal(run == 3, secret.IsBurnt);
        }
    }

    [Fact]
    public void An_end_before_message_2_costs_nothing()
    {
        using var run = new TestRun();
        var step = run.Host.ConnectionEnded();
        Assert.False(step.IsBrokenOff);
        Assert.False(run.Secret.IsBurnt);
        Assert.Equal(0, run.Secret.BrokenOffRuns);
    }

    [Fact]
    public void A_finished_run_takes_no_further_message()
    {
        using var run = new TestRun();
        run.Complete();
        Assert.Throws<ObjectDisposedException>(() => run.Host.Receive([1]));
        Assert.Throws<ObjectDisposedException>(() => run.Viewer.Receive([1]));
    }

    [Fact]
    public void Success_erases_the_digits_on_both_sides()
    {
        using var run = new TestRun();
        run.Complete();
        Assert.False(run.Secret.IsBurnt);
        Assert.Throws<ObjectDisposedException>(() => run.Secret.Show(new char[6]));
        Assert.Throws<ObjectDisposedException>(() => run.Typed.Show(new char[6]));
    }

    [Theory]
    [InlineData("417", 6)]
    [InlineData("8123", 5)]
    public void New_digits_fill_up_the_nine(string nameplate, int digits)
    {
        using var secret = SupportSecret.Create(nameplate);
        var shown = new char[9];
        Assert.Equal(digits, secret.Show(shown));
        Assert.All(shown[..digits], digit => Assert.InRange(digit, '0', '9'));
    }

    [Theory]
    [InlineData("81")]
    [InlineData("812")]
    [InlineData("4171")]
    [InlineData("41712")]
    [InlineData("")]
    public void A_nameplate_of_another_form_gets_no_digits(string nameplate) =>
        Assert.Throws<ArgumentException>(() => SupportSecret.Create(nameplate));
}
