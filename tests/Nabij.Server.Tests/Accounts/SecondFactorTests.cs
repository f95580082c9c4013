using System.Net;
using System.Text.RegularExpressions;
using Nabij.Server.Accounts;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests.Accounts;

public sealed partial class SecondFactorTests
{
    private const string Page = "/sign-in/second-factor";

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task The_first_sign_in_sets_up_an_authenticator_and_gives_recovery_codes()
    {
        await using var server = await StartAsync();
        using var visitor = server.Visit();

        using var password = await visitor.SignInAsync();
        Assert.StartsWith(Page, password.Headers.Location?.ToString(), StringComparison.Ordinal);
        using var early = await visitor.GetAsync("/desk");
        Assert.Equal(HttpStatusCode.Redirect, early.StatusCode);

        var (secret, codes) = await EnrollAsync(visitor);

        Assert.Equal(Totp.SecretBytes, secret.Length);
        Assert.Equal(RecoveryCode.Count, codes.Distinct().Count());
        using var desk = await visitor.GetAsync("/desk");
        Assert.Equal(HttpStatusCode.OK, desk.StatusCode);
    }

    [Fact]
    public async Task A_code_of_the_authenticator_serves_once()
    {
        await using var server = await StartAsync();
        using var first = server.Visit();
        (await first.SignInAsync()).Dispose();
        var (secret, _) = await EnrollAsync(first);

        using var second = server.Visit();
        (await second.SignInAsync()).Dispose();
        using var replay = await second.SubmitAsync(Page, Page, ("code", Totp.Code(secret, _clock.GetUtcNow())));
        _clock.Advance(TimeSpan.FromSeconds(30));
        using var next = await second.SubmitAsync(Page, Page, ("code", Totp.Code(secret, _clock.GetUtcNow())));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.SeeOther), (replay.StatusCode, next.StatusCode));
        Assert.DoesNotContain("otpauth", await second.ReadAsync("/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recovery_code_serves_once_however_it_is_typed()
    {
        await using var server = await StartAsync();
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();
        var (_, codes) = await EnrollAsync(visitor);
        var typed = codes[3].Replace("-", " ", StringComparison.Ordinal).ToUpperInvariant();

        foreach (var expected in (HttpStatusCode[])[HttpStatusCode.SeeOther, HttpStatusCode.Unauthorized])
        {
            using var again = server.Visit();
            (await again.SignInAsync()).Dispose();
            using var answer = await again.SubmitAsync(Page, Page, ("code", typed));
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Wrong_codes_bring_the_same_pause_as_wrong_passwords()
    {
        await using var server = await StartAsync();
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();

        for (var i = 0; i < 5; i++)
            (await visitor.SubmitAsync(Page, Page, ("code", "000000"))).Dispose();

        using var password = await visitor.SignInAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, password.StatusCode);
    }

    [Fact]
    public async Task Five_minutes_after_the_password_the_second_step_is_over()
    {
        await using var server = await StartAsync();
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();

        _clock.Advance(TimeSpan.FromMinutes(5));
        using var answer = await visitor.GetAsync(Page);

        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Nothing_of_the_second_factor_stands_readable_in_the_database()
    {
        await using var server = await StartAsync();
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();
        var (secret, codes) = await EnrollAsync(visitor);

        var stored = await TestDatabase.ContentAsync(server);

        Assert.DoesNotContain(System.Text.Encoding.Latin1.GetString(secret), stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Totp.Base32(secret), stored, StringComparison.Ordinal);
        Assert.All(codes, code => Assert.DoesNotContain(code, stored, StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_the_key_ring_is_lost_the_authenticator_is_told_to_be_useless_and_recovery_codes_lead_to_a_new_one()
    {
        var folder = Directory.CreateTempSubdirectory("nabij-lost-ring-");
        try
        {
            await RunningServer.SetUpAsync(new DataFolder(folder.FullName), demandsSecondFactor: true);
            var choices = new ServerChoices { Clock = _clock, Folder = folder };
            (byte[] Secret, List<string> Codes) enrolled;
            await using (var before = await RunningServer.StartAsync(choices))
            {
                using var visitor = before.Visit();
                (await visitor.SignInAsync()).Dispose();
                enrolled = await EnrollAsync(visitor);
                // A second one is being set up at that moment.
                Assert.NotEmpty(SecretIn(await visitor.ReadAsync("/account/second-factor")));
            }

            foreach (var key in new DirectoryInfo(Path.Combine(folder.FullName, "keys", "ring")).EnumerateFiles())
                key.Delete();
            await using var server = await RunningServer.StartAsync(choices);
            using var again = server.Visit();
            (await again.SignInAsync()).Dispose();
            using var refused = await again.SubmitAsync(Page, Page, ("code", Totp.Code(enrolled.Secret, _clock.GetUtcNow())));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Contains("can no longer read the secrets of authenticator apps", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            using (var recovered = await again.SubmitAsync(Page, Page, ("code", enrolled.Codes[0])))
                Assert.Equal(HttpStatusCode.SeeOther, recovered.StatusCode);

            var fresh = SecretIn(await again.ReadAsync("/account/second-factor"));
            using var replaced = await again.SubmitAsync("/account/second-factor", "/account/second-factor", ("code", Totp.Code(fresh, _clock.GetUtcNow())));
            Assert.Equal(RecoveryCode.Count, Codes(await replaced.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Count);
        }
        finally
        {
            await TestDatabase.DropAsync(folder.FullName);
            folder.Delete(recursive: true);
        }
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(new ServerChoices { DemandsSecondFactor = true, Clock = _clock });

    private Task<(byte[] Secret, List<string> Codes)> EnrollAsync(Visitor visitor) => EnrollAsync(visitor, _clock);

    /// <summary>Sets an authenticator up on the page after the password.</summary>
    internal static async Task<(byte[] Secret, List<string> Codes)> EnrollAsync(Visitor visitor, TimeProvider clock)
    {
        var page = await visitor.ReadAsync(Page);
        Assert.Contains("class=\"qr\"", page, StringComparison.Ordinal);
        var secret = SecretIn(page);
        using var answer = await visitor.SubmitAsync(Page, Page, ("code", Totp.Code(secret, clock.GetUtcNow())));
        return (secret, Codes(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    internal static byte[] SecretIn(string page) => FromBase32(SecretText().Match(page).Groups[1].Value);

    internal static List<string> Codes(string page) => [.. RecoveryText().Matches(page).Select(match => match.Groups[1].Value)];

    private static byte[] FromBase32(string text)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Where(char.IsLetterOrDigit).Select(letter => Convert.ToString(alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(eight => eight.Length == 8).Select(eight => Convert.ToByte(new string(eight), 2))];
    }

    [GeneratedRegex("<p class=\"address\">([A-Z2-7 ]+)</p>")]
    private static partial Regex SecretText();

    [GeneratedRegex("<li>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</li>")]
    private static partial Regex RecoveryText();
}
