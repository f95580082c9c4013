using Nabij.EndToEnd.Tests.Stage;
using Nabij.Protocol.Log;

namespace Nabij.EndToEnd.Tests;

/// <summary>Who ends or stops a session, and what the other side is told.</summary>
public sealed class EndingTests(ITestOutputHelper output)
{
    // On a loaded machine of two cores the browser alone may take long; the host's own 200 ms are proven in Nabij.HostCore.Tests.
    private const int SlowMachineFactor = 3;

    [Fact, Trait("Invariant", "3")]
    public async Task Stop_by_the_customer_lets_no_picture_and_no_input_through_until_they_go_on()
    {
        await using var stage = await Session.StartAsync();
        await stage.Desk.PictureEqualsAsync(stage.Desktop);
        var begin = TimeProvider.System.GetTimestamp();
        await stage.Customer.DoAsync("stop");
        await stage.Customer.EventAsync("stopped");
        var stopped = TimeProvider.System.GetElapsedTime(begin);
        await stage.Desk.StateAsync("stopped");
        var shown = TimeProvider.System.GetElapsedTime(begin);
        output.WriteLine($"stopped after {stopped.TotalMilliseconds:F0} ms, shown at the desk after {shown.TotalMilliseconds:F0} ms (allowed 200 ms x {SlowMachineFactor})");
        Assert.InRange(stopped.TotalMilliseconds, 0, 200 * SlowMachineFactor);

        var before = (await stage.Desk.CanvasAsync()).Pixels;
        var pointer = await stage.Desktop.CallAsync("xdotool", "getmouselocation");
        await stage.Desktop.CallAsync("xsetroot", "-solid", "#aa2244");
        await stage.Desk.Page.Mouse.MoveAsync(333, 222);
        await stage.Desk.Page.Keyboard.PressAsync("a");
        await stage.Desk.FramesAsync(10);
        Assert.Equal(before, (await stage.Desk.CanvasAsync()).Pixels);
        Assert.Equal(pointer, await stage.Desktop.CallAsync("xdotool", "getmouselocation"));
        await stage.Customer.DoAsync("go-on");
        await stage.Desk.StateAsync("active");
        await stage.Desk.PictureEqualsAsync(stage.Desktop);
        Assert.NotEqual(before, (await stage.Desk.CanvasAsync()).Pixels);
    }

    [Fact]
    public async Task End_by_the_customer_is_told_as_such_at_the_desk()
    {
        await using var stage = await Session.StartAsync();
        await stage.Customer.DoAsync("end");
        await stage.Desk.StateAsync("ended");
        Assert.Contains("customer", await stage.Desk.StatusTextAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("customer-ended", (await stage.Customer.EventAsync("ended")).GetProperty("reason").GetString());
        Assert.Equal(0, await stage.Customer.Process.ExitCodeAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("technician")]
    [InlineData("customer")]
    public async Task The_browser_countersigns_the_customers_log_to_its_end_whoever_ends_and_the_servers_receipt_is_in_it(string who)
    {
        await using var stage = await Session.StartAsync();
        await stage.Customer.DoAsync("revoke control");
        await stage.Customer.EventAsync("revoked");
        if (who == "technician") await stage.Desk.Page.ClickAsync("#end");
        else await stage.Customer.DoAsync("end");
        await stage.Desk.StateAsync("ended");
        var report = await stage.Customer.KeptLogAsync();
        Assert.Null(report.Problem);
        Assert.Equal([LogEntryKind.Allowed, LogEntryKind.TakenBack, LogEntryKind.Ended], report.Entries.Select(entry => entry.Kind));
        Assert.Equal([1u, 2u, 3u], report.Countersigned);
        Assert.NotNull(report.Opening!.Receipt);
        Assert.InRange(report.Entries[0].Time, report.Opening.Receipt.Time, ulong.MaxValue);
    }

    [Fact, Trait("Invariant", "7")]
    public async Task A_server_that_restarts_in_a_session_ends_it_not_and_nobody_needs_a_new_code()
    {
        await using var stage = await Session.StartAsync();
        await stage.Desk.PictureEqualsAsync(stage.Desktop);
        Assert.Equal(0, await stage.Shop.StopAsync());
        await stage.Desk.StateAsync("resuming");
        Assert.Contains("lost", await stage.Desk.StatusTextAsync(), StringComparison.OrdinalIgnoreCase);
        await stage.Customer.EventAsync("away");
        await stage.Desktop.CallAsync("xsetroot", "-solid", "#2266aa");

        await stage.Shop.StartAsync();

        await stage.Customer.EventAsync("back");
        await stage.Desk.StateAsync("active");
        await stage.Desk.PictureEqualsAsync(stage.Desktop);
    }

    [Fact]
    public async Task Who_waits_for_a_lost_connection_can_end_the_session()
    {
        await using var stage = await Session.StartAsync();
        await stage.Shop.StopAsync();
        await stage.Customer.EventAsync("away");
        await stage.Desk.StateAsync("resuming");
        await stage.Customer.DoAsync("end");
        Assert.Equal("customer-ended", (await stage.Customer.EventAsync("ended")).GetProperty("reason").GetString());
        await stage.Desk.Page.ClickAsync(".notice button.danger:visible");
        await stage.Desk.StateAsync("ended");
    }

    [Fact]
    public async Task A_waiting_customer_keeps_the_number_when_the_server_restarts()
    {
        await using var shop = await Shop.OpenAsync();
        await using var desktop = await Desktop.StartAsync();
        await using var customer = Customer.Start(desktop, shop);
        var before = await customer.CodeAsync();
        await shop.StopAsync();
        await shop.StartAsync();
        var after = await customer.CodeAsync(2);
        Assert.Equal(before[..3], after[..3]);
        await using var desk = await Desk.OpenAsync();
        await desk.SignInAsync(shop);
        await desk.ConnectAsync(after);
        await desk.StateAsync("active");
    }
}
