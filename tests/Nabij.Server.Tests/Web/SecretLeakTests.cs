using System.Text.RegularExpressions;

namespace Nabij.Server.Tests.Web;

public sealed partial class SecretLeakTests
{
    [Fact]
    [Trait("Invariant", "12")]
    public async Task No_password_cookie_token_or_secret_stands_in_a_log_or_an_address()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { DemandsSecondFactor = true, Settings = new() { ["Logging:LogLevel:Default"] = "Debug" } });
        using var visitor = server.Visit();
        var addresses = new List<string>();

        Keep(await visitor.SignInAsync(password: "a wrong phrase of words"));
        Keep(await visitor.SignInAsync());
        var enrolment = await visitor.ReadAsync("/sign-in/second-factor");
        Keep(await visitor.SubmitAsync("/sign-in/second-factor", "/sign-in/second-factor", ("code", "123987")));
        Keep(await visitor.AcceptAsync());
        Keep(await visitor.GetAsync("/o/test/download/linux-x64"));

        var secrets = visitor.CookieValues().Values
            .Concat([RunningServer.Password, "a wrong phrase of words", "123987", Visitor.FormToken(enrolment), Secret().Match(enrolment).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal)]);
        foreach (var secret in secrets)
        {
            Assert.True(secret.Length >= 6, "a secret of the test is empty");
            Assert.DoesNotContain(secret, server.Log.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(addresses, address => address.Contains(secret, StringComparison.Ordinal));
        }

        void Keep(HttpResponseMessage answer)
        {
            addresses.Add($"{answer.RequestMessage?.RequestUri} {answer.Headers.Location}");
            answer.Dispose();
        }
    }

    [GeneratedRegex("<p class=\"address\">([A-Z2-7 ]+)</p>")]
    private static partial Regex Secret();
}
