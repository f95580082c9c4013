using Nabij.Server.Accounts;

namespace Nabij.Server.Tests.Accounts;

public sealed class CommonPasswordRuleTests
{
    [Theory]
    [InlineData("password1234567")]
    [InlineData("Wachtwoord-2026!")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abababababababab")]
    [InlineData("123456789012")]
    [InlineData("welkom welkom")]
    [InlineData("qwertyuiop123456")]
    [InlineData("peter.tester.99")]
    [InlineData("correct horse battery staple")]
    public void What_guessers_try_first_is_refused(string password) =>
        Assert.True(CommonPasswordRule.IsCommon(password, ["peter@example.test", "Peter Tester"]));

    [Theory]
    [InlineData("a long pass phrase 42")]
    [InlineData("kaasbroodje-fluit-zeven")]
    [InlineData("Tr0ub4dor&3 on a boat")]
    [InlineData("ветер лампа сорок два")]
    public void A_few_words_that_do_not_belong_together_are_fine(string password) =>
        Assert.False(CommonPasswordRule.IsCommon(password, ["peter@example.test", "Peter Tester"]));
}
