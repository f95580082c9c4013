using Nabij.HostCore.Guard;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.HostCore.Tests.Session;
using Nabij.Protocol;
using Nabij.Protocol.Control;

namespace Nabij.HostCore.Tests.Guard;

/// <summary>What looks private is not shown, and what the guard knows stays on the computer.</summary>
public sealed class WindowGuardTests
{
    private static readonly ActiveWindow Editor = new(1, "notes.txt - Mousepad", ["mousepad"]);
    private static readonly ActiveWindow Bank = new(2, "Mijn betalingen | Rabobank - Firefox", ["firefox"]);

    [Theory]
    [InlineData("Inloggen | Internetbankieren - Google Chrome", SensitiveKind.Bank)]
    [InlineData("Mijn ING", SensitiveKind.Bank)]
    [InlineData("KBC Touch – Mozilla Firefox", SensitiveKind.Bank)]
    [InlineData("Sparkasse: Online-Banking", SensitiveKind.Bank)]
    [InlineData("DigiD: Inloggen met gebruikersnaam", SensitiveKind.Identity)]
    [InlineData("itsme®", SensitiveKind.Identity)]
    [InlineData("iDEAL - kies uw bank", SensitiveKind.Payment)]
    [InlineData("PayPal: Log in", SensitiveKind.Payment)]
    [InlineData("Database.kdbx - KeePassXC", SensitiveKind.Passwords)]
    public void A_title_that_looks_private_is_known(string title, SensitiveKind kind) =>
        Assert.Equal(kind, SensitiveWindows.Known.Find(new ActiveWindow(1, title, ["firefox"]))?.Kind);

    [Theory]
    [InlineData("")]
    [InlineData("Ing. de Vries - LibreOffice Writer")]
    [InlineData("An ideal holiday - Firefox")]
    [InlineData("Bankstel kopen | Meubels")]
    [InlineData("git checkout")]
    [InlineData("De databank van het archief")]
    public void An_everyday_title_is_not(string title) => Assert.Null(SensitiveWindows.Known.Find(new ActiveWindow(1, title, ["firefox"])));

    [Theory]
    [InlineData("keepassxc")]
    [InlineData("Bitwarden")]
    [InlineData("pinentry-gtk-2")]
    public void A_program_that_keeps_passwords_is_known_whatever_its_title(string program) =>
        Assert.Equal(SensitiveKind.Passwords, SensitiveWindows.Known.Find(new ActiveWindow(1, "x", [program]))?.Kind);

    [Fact]
    public void A_title_is_in_no_text_that_a_log_could_take()
    {
        Assert.DoesNotContain("Rabobank", Bank.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Rabobank", new CustomerEvent.Guarded(SensitiveKind.Bank).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_window_in_front_holds_the_picture_until_the_customer_leaves_it()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        await Eventually.True(() => fixture.Screen.Captures > 0, "the first picture");
        fixture.Screen.Activate(Bank);
        Assert.Equal(SensitiveKind.Bank, (await fixture.HearAsync<CustomerEvent.Guarded>()).Kind);
        // The technician is not told that a window did this, let alone which.
        Assert.Equal(new Stopped(2, StopReason.PrivateMoment, Stopped.MostKept), await peer.HearAsync<Stopped>());
        var captures = fixture.Screen.Captures;
        fixture.Screen.Fill(0, 0, 320, 200, 0x00FFFF);
        fixture.Screen.Activate(new ActiveWindow(9, "Hidden for your privacy", ["nabij"], IsOwn: true));
        await Eventually.True(() => fixture.Screen.IsWaiting, "the picture thread has seen all of it");
        Assert.Equal(captures, fixture.Screen.Captures);
        fixture.Screen.Activate(Editor);
        await fixture.HearAsync<CustomerEvent.Unguarded>();
        await peer.HearAsync<Continued>();
        await Eventually.True(() => fixture.Screen.Captures > captures, "a fresh picture");
    }

    [Fact]
    public async Task What_came_to_the_front_together_with_its_pixels_is_not_captured()
    {
        await using var fixture = new SessionFixture();
        await fixture.GrantedAsync(Permissions.View);
        for (var round = 0; round < 50; round++)
        {
            await Eventually.True(() => fixture.Screen.IsWaiting, "quiet");
            var captures = fixture.Screen.Captures;
            fixture.Screen.Activate(Bank);
            fixture.Screen.Fill(0, 0, 320, 200, (uint)round);
            await fixture.HearAsync<CustomerEvent.Guarded>();
            await Eventually.True(() => fixture.Screen.IsWaiting, "quiet");
            Assert.Equal(captures, fixture.Screen.Captures);
            fixture.Screen.Activate(null);
            await fixture.HearAsync<CustomerEvent.Unguarded>();
            fixture.Clock.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    [Fact]
    public async Task Shown_anyway_counts_for_this_window_as_it_looks_now_and_for_no_other()
    {
        await using var fixture = new SessionFixture();
        await fixture.GrantedAsync(Permissions.View);
        fixture.Screen.Activate(Bank);
        await fixture.HearAsync<CustomerEvent.Guarded>();
        fixture.Connection.ShowAnyway();
        await fixture.HearAsync<CustomerEvent.Unguarded>();
        fixture.Screen.Activate(Bank with { Title = "Rabobank: overzicht" });
        fixture.Screen.Activate(Editor);
        fixture.Screen.Activate(Bank);
        await Eventually.True(() => fixture.Screen.IsWaiting, "the same bank in the same window was seen");
        Assert.Equal(Pauses.None, fixture.Connection.Session.Pauses);
        fixture.Screen.Activate(Bank with { Title = "PayPal" });
        Assert.Equal(SensitiveKind.Payment, (await fixture.HearAsync<CustomerEvent.Guarded>()).Kind);
        fixture.Screen.Activate(Bank with { Id = 3 });
        Assert.Equal(SensitiveKind.Bank, (await fixture.HearAsync<CustomerEvent.Guarded>()).Kind);
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task A_private_window_that_was_in_front_before_anybody_looked_is_never_seen()
    {
        await using var fixture = new SessionFixture();
        fixture.Screen.Activate(Bank);
        var peer = await fixture.ConnectedAsync();
        fixture.Connection.Grant(Permissions.View);
        await peer.HearAsync<Stopped>();
        Assert.Equal([new Grant(1, Permissions.View), new Stopped(2, StopReason.PrivateMoment, Stopped.MostKept)], peer.Heard);
        await Eventually.True(() => fixture.Screen.IsWaiting, "quiet");
        Assert.Equal(0, fixture.Screen.Captures);
    }
}
