using Nabij.Server.Organizations;
using Nabij.Server.Pages;

namespace Nabij.Server.Invitations;

/// <summary>The e-mail around an invitation's link, as plain text.</summary>
internal static class InvitationLetter
{
    internal static InvitedView.Letter Of(Organization organization, CustomerInvitation invitation, (string Address, string Until) link, Texts texts)
    {
        string?[] parts =
        [
            invitation.CustomerName.Length > 0 ? texts.Format("letter.dear", invitation.CustomerName) : texts["letter.hello"],
            texts.Format("letter.lead", invitation.MadeByName, organization.Name),
            invitation.Message.Length > 0 ? invitation.Message : null,
            texts.Format("letter.link", $"{link.Address}?lang={texts.Language}"),
            texts.Format("letter.until", link.Until),
            texts["letter.terms"],
            organization.Phone.Length > 0 ? texts.Format("letter.doubt", organization.Name, organization.Phone) : texts["letter.doubt-no-phone"],
            $"{texts["letter.end"]}\n{invitation.MadeByName}\n{organization.Name}",
        ];
        return new InvitedView.Letter(texts.Language, texts.Format("letter.subject", organization.Name), string.Join("\n\n", parts.OfType<string>()));
    }
}
