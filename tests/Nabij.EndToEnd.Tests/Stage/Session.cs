namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>A running session: shop, desktop, customer and desk, connected and with everything granted.</summary>
internal sealed class Session : IAsyncDisposable
{
    public required Shop Shop { get; init; }

    public required Desktop Desktop { get; init; }

    public required Customer Customer { get; init; }

    public required Desk Desk { get; init; }

    /// <param name="grant">What the customer allows.</param>
    /// <param name="locale">The technician's language.</param>
    /// <param name="prepare">What is done to the desktop before the customer's program starts.</param>
    /// <param name="resizable">Whether the desktop can change its size.</param>
    public static async Task<Session> StartAsync(string grant = "look,control", string locale = "en-US", Func<Desktop, Task>? prepare = null, bool resizable = false)
    {
        var shop = await Shop.OpenAsync();
        var desktop = await (resizable ? Desktop.StartResizableAsync() : Desktop.StartAsync());
        if (prepare is not null) await prepare(desktop);
        var customer = Customer.Start(desktop, shop, grant);
        var desk = await Desk.OpenAsync(locale: locale);
        var session = new Session { Shop = shop, Desktop = desktop, Customer = customer, Desk = desk };
        try
        {
            await desk.SignInAsync(shop);
            await desk.ConnectAsync(await customer.CodeAsync());
            await desk.StateAsync("active");
            await customer.EventAsync("granted");
        }
        catch (Exception failure)
        {
            await desk.ShotAsync("no-session-desk");
            await session.DisposeAsync();
            throw new InvalidOperationException($"no session began; the customer's program said {customer.Process.Everything}", failure);
        }
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        await Customer.DisposeAsync();
        await Desktop.DisposeAsync();
        await Shop.DisposeAsync();
    }
}
