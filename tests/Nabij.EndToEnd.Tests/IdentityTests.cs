using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>Who may help: certified where the organization's key is kept, and shut out when revoked (security.md 3.8).</summary>
public sealed class IdentityTests : IDisposable
{
    private readonly DirectoryInfo elsewhere = Directory.CreateTempSubdirectory("nabij-elsewhere-");

    public void Dispose() => elsewhere.Delete(recursive: true);

    [Fact]
    public async Task A_technician_is_certified_where_the_key_is_helps_and_is_shut_out_when_revoked()
    {
        var key = Path.Combine(elsewhere.FullName, "shop.key");
        await ChildProcess.RunAsync(Programs.Server, ["make-key", key]);
        await using var shop = await Shop.OpenOfflineAsync(key + ".pub");
        await using var desktop = await Desktop.StartAsync();
        await using var desk = await Desk.OpenAsync();
        await desk.SignInAsync(shop);
        await desk.ConnectAsync("417902635");
        var told = await (await desk.Page.WaitForSelectorAsync("text=has not yet confirmed this browser"))!.InnerTextAsync();
        var fingerprint = told[(told.LastIndexOf(':') + 1)..].Trim(' ', '.');
        await desk.ShotAsync("identity-uncertified");

        Assert.Contains(fingerprint, await CarryAsync(shop, key), StringComparison.Ordinal);
        await using (var customer = Customer.Start(desktop, shop))
        {
            await desk.ConnectAsync(await customer.CodeAsync());
            await desk.StateAsync("active");
            Assert.Equal(Shop.TechnicianName, (await customer.EventAsync("connected")).GetProperty("technician").GetString());

            await shop.CommandAsync("revoke", Shop.TechnicianName);
            await desk.StateAsync("ended");
        }

        await using var another = await Desk.OpenAsync();
        await another.Page.GotoAsync($"{shop.Origin}/desk");
        await another.Page.FillAsync("#sign-in input[name=email]", Shop.Email);
        await another.Page.FillAsync("#sign-in input[name=password]", Shop.Password);
        await another.Page.ClickAsync("#sign-in button[type=submit]");
        await another.Page.WaitForSelectorAsync("#sign-in");
        Assert.Null(await another.Page.QuerySelectorAsync("#code"));
    }

    // To the machine with the key and back; gives what the server said of what it asks for.
    private async Task<string> CarryAsync(Shop shop, string key)
    {
        var (requests, signed) = (Path.Combine(elsewhere.FullName, "requests.json"), Path.Combine(elsewhere.FullName, "signed.json"));
        var asked = await shop.CommandAsync("requests", requests);
        await ChildProcess.RunAsync(Programs.Server, ["sign", requests, "--key", key, "--out", signed, "--yes"]);
        await shop.CommandAsync("import", signed);
        return asked;
    }
}
