using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>Codes that are wrong, used, or somebody else's.</summary>
public sealed class CodeTests
{
    [Fact]
    public async Task A_wrong_code_burns_the_secret_and_both_sides_are_told()
    {
        await using var shop = await Shop.OpenAsync();
        await using var desktop = await Desktop.StartAsync();
        await using var customer = Customer.Start(desktop, shop);
        await using var desk = await Desk.OpenAsync();
        await desk.SignInAsync(shop);
        var first = await customer.CodeAsync();
        var wrong = first[..8] + (char)('0' + (first[8] - '0' + 1) % 10);

        await desk.ConnectAsync(wrong);
        await customer.EventAsync("wrong-code");
        var second = await customer.CodeAsync(2);
        Assert.Equal(first[..3], second[..3]);
        Assert.NotEqual(first, second);
        await desk.Page.GetByText("Code not right").WaitForAsync();

        // The old secret is burnt: it is as wrong as any other now.
        await desk.ConnectAsync(first);
        var third = await customer.CodeAsync(3);
        await desk.ConnectAsync(third);
        await desk.StateAsync("active");
        Assert.DoesNotContain(customer.Process.Lines.TakeWhile(l => !l.Contains(third, StringComparison.Ordinal)), l => l.Contains("\"connected\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_technician_is_refused_while_a_session_runs()
    {
        await using var shop = await Shop.OpenAsync();
        await using var desktop = await Desktop.StartAsync();
        await using var customer = Customer.Start(desktop, shop);
        await using var desk = await Desk.OpenAsync();
        await desk.SignInAsync(shop);
        var code = await customer.CodeAsync();
        await desk.ConnectAsync(code);
        await desk.StateAsync("active");
        await using var second = await Desk.OpenAsync();
        await second.SignInAsync(shop);

        await second.ConnectAsync(code);
        await second.Page.GetByText("Nobody is waiting with this number").WaitForAsync();
        await desk.PictureEqualsAsync(desktop);
    }
}
