using System.Net;
using System.Text.RegularExpressions;
using Nabij.Server.Accounts;
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
