using Nabij.HostCore.Rendezvous;
using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;

namespace Nabij.HostCore.Tests.Session;

/// <summary>The way to a session: registration, codes, wrong ones, broken-off runs, a server that goes away.</summary>
public sealed class CustomerConnectionTests
{
    [Fact]
    public async Task The_code_is_the_nameplate_and_six_secret_digits_that_are_in_no_message()
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        var peer = await fixture.NextSocketAsync();
        await peer.GiveNameplateAsync("417");
        var code = await fixture.HearAsync<CustomerEvent.CodeReady>();
        Assert.Equal(9, code.Digits.Length);
        Assert.StartsWith("417", code.Digits, StringComparison.Ordinal);
        Assert.Equal(CodeNews.First, code.News);
        Assert.DoesNotContain(code.Digits[3..], System.Text.Encoding.UTF8.GetString(peer.Registration.Encode()), StringComparison.Ordinal);
        Assert.DoesNotContain(code.Digits[3..], code.ToString(), StringComparison.Ordinal);
        Assert.Equal(("shop", "Mrs. Jansen", RunOutcome.None), (peer.Registration.Organization, peer.Registration.CustomerName, peer.Registration.Outcome));
    }

    [Fact]
    public async Task Secret_digits_are_replaced_after_ten_minutes_and_the_server_is_not_told()
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        var peer = await fixture.NextSocketAsync();
        await peer.GiveNameplateAsync("417");
        var first = await fixture.HearAsync<CustomerEvent.CodeReady>();
        Assert.Equal(fixture.Clock.GetUtcNow().AddMinutes(10), first.Until);
        await Task.Yield();
        await fixture.NewsAsync(TimeSpan.FromMinutes(10));
        var second = await fixture.HearAsync<CustomerEvent.CodeReady>();
        Assert.Equal(CodeNews.Renewed, second.News);
        Assert.Equal(first.Digits[..3], second.Digits[..3]);
        Assert.False(await peer.ConnectAsync(first.Digits) && first.Digits != second.Digits);
    }

    [Fact]
    public async Task A_wrong_code_burns_the_secret_and_the_next_registration_says_so()
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        var peer = await fixture.NextSocketAsync();
        await peer.GiveNameplateAsync("417");
        var first = await fixture.HearAsync<CustomerEvent.CodeReady>();
        Assert.False(await peer.ConnectAsync(Wrong(first.Digits)));
        await fixture.HearAsync<CustomerEvent.Joined>();
        await fixture.HearAsync<CustomerEvent.WrongCode>();
        var again = await fixture.NextSocketAsync();
        await again.GiveNameplateAsync("417");
        Assert.Equal(RunOutcome.WrongCode, again.Registration.Outcome);
        Assert.NotNull(again.Registration.Lease);
        Assert.NotEqual(peer.Registration.SidC.ToArray(), again.Registration.SidC.ToArray());
        var second = await fixture.HearAsync<CustomerEvent.CodeReady>();
        Assert.Equal(CodeNews.WrongCode, second.News);
        Assert.Equal(first.Digits[..3], second.Digits[..3]);
        Assert.True(await again.ConnectAsync(second.Digits));
    }

    [Fact]
    public async Task After_three_wrong_codes_there_is_a_minute_of_pause_and_after_six_the_end()
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        for (var wrong = 1; wrong <= 6; wrong++)
        {
            var peer = await fixture.NextSocketAsync();
            await peer.GiveNameplateAsync("417");
            var code = await fixture.HearAsync<CustomerEvent.CodeReady>();
            Assert.False(await peer.ConnectAsync(Wrong(code.Digits)));
            await fixture.HearAsync<CustomerEvent.Joined>();
            await fixture.HearAsync<CustomerEvent.WrongCode>();
            if (wrong != 3) continue;
            var paused = await fixture.HearAsync<CustomerEvent.Paused>();
            Assert.Equal(fixture.Clock.GetUtcNow().AddSeconds(60), paused.Until);
            await fixture.NewsAsync(TimeSpan.FromSeconds(60));
        }
        await fixture.HearAsync<CustomerEvent.TooManyWrong>();
    }

    [Fact]
    public async Task Two_runs_may_break_off_and_the_third_burns()
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        var shown = new List<string>();
        for (var run = 1; run <= 4; run++)
        {
            var peer = await fixture.NextSocketAsync();
            await peer.GiveNameplateAsync("8012");
            shown.Add((await fixture.HearAsync<CustomerEvent.CodeReady>()).Digits);
            if (run == 4) break;
            await peer.BreakOffAsync(shown[^1]);
            await fixture.HearAsync<CustomerEvent.Joined>();
            await LeftAsync(fixture);
            await fixture.NewsAsync(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(shown[0], shown[1]);
        Assert.Equal(shown[0], shown[2]);
        Assert.NotEqual(shown[0], shown[3]);
    }

    [Fact]
    public async Task A_waiting_customer_comes_back_with_the_lease_when_the_server_restarts_and_keeps_the_code()
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        var peer = await fixture.NextSocketAsync();
        await peer.GiveNameplateAsync("417");
        var first = await fixture.HearAsync<CustomerEvent.CodeReady>();
        fixture.IsServerAway = true;
        fixture.HostRoad.Abort();
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        fixture.IsServerAway = false;
        await fixture.NewsAsync(TimeSpan.FromSeconds(5));
        var again = await fixture.NextSocketAsync();
        await again.GiveNameplateAsync("417");
        Assert.NotNull(again.Registration.Lease);
        var second = await fixture.HearAsync<CustomerEvent.CodeReady>();
        Assert.Equal((first.Digits, CodeNews.BackAgain), (second.Digits, second.News));
    }

    [Fact]
    public async Task Digits_are_replaced_after_the_computer_slept_past_their_time()
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        await (await fixture.NextSocketAsync()).GiveNameplateAsync("417");
        await fixture.HearAsync<CustomerEvent.CodeReady>();
        fixture.Clock.Sleep(TimeSpan.FromMinutes(11));
        var before = fixture.Clock.GetTimestamp();
        await fixture.NewsAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(CodeNews.Renewed, (await fixture.HearAsync<CustomerEvent.CodeReady>()).News);
        Assert.True(fixture.Clock.GetElapsedTime(before) < TimeSpan.FromMinutes(9));
    }

    [Fact]
    public async Task A_wait_on_a_server_that_is_silent_ends_with_its_nameplate()
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        await (await fixture.NextSocketAsync()).GiveNameplateAsync("417");
        await fixture.HearAsync<CustomerEvent.CodeReady>();
        fixture.Clock.Sleep(TimeSpan.FromHours(1));
        await fixture.NewsAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(TroubleKind.Expired, (await fixture.HearAsync<CustomerEvent.InTheWay>()).Trouble.Kind);
    }

    [Fact]
    public async Task A_server_that_takes_the_customer_and_drops_it_at_once_is_asked_slower_each_time()
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        var began = fixture.Clock.GetTimestamp();
        for (var time = 1; time <= 6; time++)
        {
            await (await fixture.NextSocketAsync()).GiveNameplateAsync("417");
            await fixture.HearAsync<CustomerEvent.CodeReady>();
            fixture.HostRoad.Abort();
            await fixture.NewsAsync(TimeSpan.FromMilliseconds(50));
        }
        Assert.True(fixture.Clock.GetElapsedTime(began) >= TimeSpan.FromSeconds(12.75)); // 0.25 + 0.5 + 1 + 2 + 4 + 5
    }

    [Fact]
    public async Task A_customer_with_a_number_waits_as_long_as_a_limit_asks()
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        await (await fixture.NextSocketAsync()).GiveNameplateAsync("417");
        var first = await fixture.HearAsync<CustomerEvent.CodeReady>();
        fixture.HostRoad.Abort();
        await fixture.NewsAsync(TimeSpan.FromSeconds(1));
        var refusedAt = fixture.Clock.GetTimestamp();
        await (await fixture.NextSocketAsync()).RefuseAsync(RefusalReason.Limited, 60);
        await LeftAsync(fixture);
        await fixture.NewsAsync(TimeSpan.FromSeconds(1));
        await (await fixture.NextSocketAsync()).GiveNameplateAsync("417");
        Assert.True(fixture.Clock.GetElapsedTime(refusedAt) >= TimeSpan.FromSeconds(60));
        Assert.Equal((first.Digits, CodeNews.BackAgain), await fixture.HearAsync<CustomerEvent.CodeReady>() is var again ? (again.Digits, again.News) : default);
    }

    [Theory]
    [InlineData(RefusalReason.Full, TroubleKind.Full)]
    [InlineData(RefusalReason.Organization, TroubleKind.Organization)]
    [InlineData(RefusalReason.Outdated, TroubleKind.Outdated)]
    [InlineData(RefusalReason.Limited, TroubleKind.Limited)]
    public async Task A_refusal_is_said_by_its_reason(RefusalReason reason, TroubleKind kind)
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        await (await fixture.NextSocketAsync()).RefuseAsync(reason);
        Assert.Equal(kind, (await fixture.HearAsync<CustomerEvent.InTheWay>()).Trouble.Kind);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_at_once()
    {
        await using var fixture = new SessionFixture { IsServerAway = true };
        fixture.Connection.Start();
        Assert.Equal(TroubleKind.Network, (await fixture.HearAsync<CustomerEvent.InTheWay>()).Trouble.Kind);
    }

    [Fact]
    public async Task A_program_that_is_too_old_for_the_organization_says_so_before_it_connects()
    {
        await using var fixture = new SessionFixture(minimumVersion: 2) { IsServerAway = true };
        fixture.Connection.Start();
        Assert.Equal(TroubleKind.Outdated, (await fixture.HearAsync<CustomerEvent.InTheWay>()).Trouble.Kind);
    }

    [Fact]
    public async Task A_nameplate_that_nobody_used_expires_in_words()
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        var peer = await fixture.NextSocketAsync();
        await peer.GiveNameplateAsync("417");
        await fixture.HearAsync<CustomerEvent.CodeReady>();
        peer.CloseWith(SocketCloseCode.Expired);
        Assert.Equal(TroubleKind.Expired, (await fixture.HearAsync<CustomerEvent.InTheWay>()).Trouble.Kind);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public async Task A_clock_five_minutes_off_is_recognized(int minutes)
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        var peer = await fixture.NextSocketAsync();
        await peer.GiveNameplateAsync("417", fixture.Clock.GetUtcNow().AddMinutes(minutes));
        var trouble = (await fixture.HearAsync<CustomerEvent.InTheWay>()).Trouble;
        Assert.Equal(TroubleKind.Clock, trouble.Kind);
        Assert.Equal(TimeSpan.FromMinutes(minutes), trouble.Server - trouble.Local);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("{\"type\":\"nameplate\",\"nameplate\":\"41790\"}")]
    public async Task Nonsense_from_the_server_is_said_as_such(string text)
    {
        await using var fixture = new SessionFixture();
        fixture.Connection.Start();
        await (await fixture.NextSocketAsync()).SendTextAsync(text);
        Assert.Equal(TroubleKind.Server, (await fixture.HearAsync<CustomerEvent.InTheWay>()).Trouble.Kind);
    }

    private static string Wrong(string digits) => digits[..8] + (char)('0' + (digits[8] - '0' + 1) % 10);

    // What the engine was told last it has taken: from here on it waits for something else.
    private static Task LeftAsync(SessionFixture fixture) => Eventually.True(() => fixture.HostRoad.IsLeft, "the host has left its socket");
}
