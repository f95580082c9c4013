using System.Globalization;
using Nabij.HostApp.Screens;
using Nabij.Protocol.Chat;

namespace Nabij.HostApp.Flow;

/// <summary>The chat's window. Pure: phrases and a state in, a value out.</summary>
internal static class ChatScreens
{
    public const string EntryId = "entry";

    /// <param name="phrases">The texts, with the technician's name filled in.</param>
    /// <param name="view">What was said, and what may be.</param>
    public static Screen Chat(Phrases phrases, ChatView view) => new(
        "chat",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["chat.heading"], WordsRole.Heading),
            new Document("lines", phrases["chat.lines"], Paragraphs(phrases, view)) { FollowEnd = true },
            .. view.IsOn
                ? [new Entry(EntryId, phrases["chat.entry"], view.Draft, ChatLine.MostCharacters) { Error = view.IsFull ? phrases["chat.full"] : null }]
                : Array.Empty<Part>(),
            new Words("hint", phrases[view switch { { IsOn: false } => "chat.off", { IsStopped: true } => "chat.stopped", _ => "chat.hint" }], WordsRole.Small),
        ],
        view.IsOn
            ? [new Press("off", phrases["chat.turn-off"]), new Press("close", phrases["press.close"]), new Press("send", phrases["chat.send"], PressWeight.Primary)]
            : [new Press("close", phrases["press.close"]), new Press("on", phrases["chat.turn-on"], PressWeight.Primary) { Guarded = true }]);

    private static List<Paragraph> Paragraphs(Phrases phrases, ChatView view)
    {
        if (view.Lines.Count == 0)
            return [new Paragraph(phrases["chat.empty"])];
        List<Paragraph> paragraphs = [];
        var number = view.Said - (ulong)view.Lines.Count(line => line.IsOwn);
        foreach (var line in view.Lines)
        {
            if (line.IsOwn)
                number++;
            var who = (line.Who is { } name ? phrases.With("technician", name) : phrases).With("time", line.Time.ToString("HH:mm", CultureInfo.InvariantCulture));
            paragraphs.Add(new Paragraph(line.IsOwn ? who.With("mark", who[MarkOf(view, number)])["chat.you"] : who["chat.they"], ParagraphRole.Speaker));
            paragraphs.Add(new Paragraph(line.Text));
        }

        return paragraphs;
    }

    private static string MarkOf(ChatView view, ulong number) =>
        number <= view.Seen ? "chat.mark.seen" : number <= view.Delivered ? "chat.mark.delivered" : "chat.mark.sent";
}
