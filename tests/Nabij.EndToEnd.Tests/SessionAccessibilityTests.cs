using Nabij.EndToEnd.Tests.Stage;
using Nabij.Server.Tests.Pages;

namespace Nabij.EndToEnd.Tests;

/// <summary>The states of a session that a sweep over pages cannot reach: the panel, the panes, a pause, the end.</summary>
public sealed class SessionAccessibilityTests
{
    [Theory]
    [InlineData("en-US")]
    [InlineData("nl-NL")]
    public async Task No_state_of_a_session_has_a_finding(string locale)
    {
        await using var stage = await Session.StartAsync("look,point,control,clipboard,files,chat", locale);
        var findings = new List<string>();
        await stage.Desk.Page.Keyboard.PressAsync("Control+Alt+Home");
        await LookAsync("panel");
        await stage.Desk.Page.Keyboard.PressAsync("Control+Alt+Shift+Enter");
        await LookAsync("messages");
        await stage.Desk.Page.Keyboard.PressAsync("Control+Alt+Shift+End");
        await LookAsync("files");
        await stage.Customer.DoAsync("stop");
        await stage.Desk.StateAsync("stopped");
        await LookAsync("stopped");
        await stage.Customer.DoAsync("end");
        await stage.Desk.StateAsync("ended");
        await LookAsync("ended");

        Assert.True(findings.Count == 0, string.Join('\n', findings));

        async Task LookAsync(string state)
        {
            foreach (var finding in await PageCheck.RulesAsync(stage.Desk.Page))
                findings.Add($"{state}: {finding}");
        }
    }
}
