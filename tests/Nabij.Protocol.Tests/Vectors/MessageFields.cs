using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Clipboard;
using Nabij.Protocol.Control;
using Nabij.Protocol.Drawing;
using Nabij.Protocol.Facts;
using Nabij.Protocol.Files;
using Nabij.Protocol.Input;
using Nabij.Protocol.People;
using Nabij.Protocol.Screen;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>The name of a message and its fields as vectors/README.md spells them.</summary>
internal static class MessageFields
{
    public static void AssertEqual(VectorCase vector, JsonObject actual)
    {
        var expected = JsonNode.Parse(vector.Member("fields").Element.GetRawText());
        Assert.True(JsonNode.DeepEquals(expected, actual), $"expected {expected?.ToJsonString()}, got {actual.ToJsonString()}");
    }

    public static (string Name, JsonObject Fields) Of(ControlMessage message) => message switch
    {
        KeyUpdate => ("KEY_UPDATE", []),
        Resumed => ("RESUMED", []),
        Keepalive => ("KEEPALIVE", []),
        LocalInput => ("LOCAL_INPUT", []),
        Close close => ("CLOSE", new JsonObject { ["reason"] = Number((byte)close.Reason) }),
        Stopped stopped => ("STOPPED", new JsonObject { ["number"] = Number(stopped.Number), ["reason"] = Number((byte)stopped.Reason), ["kept"] = Number((uint)stopped.Kept) }),
        Ask ask => ("ASK", new JsonObject { ["permissions"] = Number((uint)ask.Permissions) }),
        Grant grant => ("GRANT", Numbered(grant.Number, grant.Permissions)),
        Revoke revoke => ("REVOKE", Numbered(revoke.Number, revoke.Permissions)),
        Continued continued => ("CONTINUED", Numbered(continued.Number, continued.Permissions)),
        Declined declined => ("DECLINED", Numbered(declined.Number, declined.Permissions)),
        PictureKept kept => ("PICTURE_KEPT", new JsonObject { ["picture"] = kept.Picture.ToString("N") }),
        PictureNoted noted => ("PICTURE_NOTED", new JsonObject { ["picture"] = noted.Picture.ToString("N") }),
        LogKey log => ("LOG_KEY", new JsonObject { ["key"] = Convert.ToHexStringLower(log.Key.Span) }),
        LogHead log => ("LOG_HEAD", new JsonObject { ["entry"] = Number(log.Entry), ["head"] = Convert.ToHexStringLower(log.Head.Span) }),
        Countersigned log => ("COUNTERSIGNED", new JsonObject { ["entry"] = Number(log.Entry), ["signature"] = Convert.ToHexStringLower(log.Signature.Span) }),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    public static (string Name, JsonObject Fields) Of(ScreenMessage message) => message switch
    {
        Layout layout => ("LAYOUT", new JsonObject
        {
            ["layout"] = Number(layout.Number),
            ["width"] = Number(layout.Width),
            ["height"] = Number(layout.Height),
            ["displays"] = new JsonArray([.. layout.Displays.Select(OfDisplay)]),
        }),
        Update update => ("UPDATE", new JsonObject
        {
            ["layout"] = Number(update.Layout),
            ["update"] = Number(update.Number),
            ["flags"] = Number((byte)update.Flags),
            ["captured"] = Number((long)update.CapturedMicroseconds),
            ["codec"] = Number(update.Codec),
            ["content"] = Convert.ToHexStringLower(update.Content.Span),
        }),
        Check check => ("CHECK", new JsonObject
        {
            ["layout"] = Number(check.Layout),
            ["update"] = Number(check.Update),
            ["hash"] = check.Hash.ToString("x16", CultureInfo.InvariantCulture),
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    public static (string Name, JsonObject Fields) Of(CursorMessage message) => message switch
    {
        CursorShape shape => ("SHAPE", new JsonObject
        {
            ["width"] = Number(shape.Width),
            ["height"] = Number(shape.Height),
            ["hotspotX"] = Number(shape.HotspotX),
            ["hotspotY"] = Number(shape.HotspotY),
            ["pixels"] = Convert.ToHexStringLower(shape.Pixels.Span),
        }),
        CursorPosition position => ("POSITION", Point(position.X, position.Y, [("own", position.IsOwn)])),
        CursorHidden => ("HIDDEN", []),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    public static (string Name, JsonObject Fields) Of(FeedbackMessage message) => message switch
    {
        Presented presented => ("PRESENTED", new JsonObject
        {
            ["layout"] = Number(presented.Layout),
            ["update"] = Number(presented.Update),
            ["decode"] = Number(presented.DecodeMicroseconds),
            ["present"] = Number(presented.PresentMicroseconds),
        }),
        Repair repair => ("REPAIR", new JsonObject { ["layout"] = Number(repair.Layout) }),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    public static (string Name, JsonObject Fields) Of(ChatMessage message) => message switch
    {
        ChatLine line => ("LINE", new JsonObject { ["number"] = Number((long)line.Number), ["text"] = line.Text }),
        ChatSaid said => ("SAID", new JsonObject { ["number"] = Number((long)said.Number), ["person"] = Number(said.Person), ["text"] = said.Text }),
        ChatDelivered => ("DELIVERED", new JsonObject { ["number"] = Number((long)message.Number) }),
        ChatSeen => ("SEEN", new JsonObject { ["number"] = Number((long)message.Number) }),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    public static (string Name, JsonObject Fields) Of(PeopleMessage message) => message switch
    {
        Everybody everybody => ("PEOPLE", new JsonObject
        {
            ["own"] = Number(everybody.Own),
            ["control"] = Number(everybody.Control),
            ["participants"] = new JsonArray([.. everybody.Participants.Select(OfParticipant)]),
        }),
        Invitation invitation => ("INVITATION", new JsonObject
        {
            ["number"] = Number(invitation.Number),
            ["state"] = Number((byte)invitation.State),
            ["seconds"] = Number(invitation.Seconds),
            ["code"] = invitation.Code,
        }),
        Invite invite => ("INVITE", new JsonObject
        {
            ["number"] = Number(invite.Number),
            ["purpose"] = Number((byte)invite.Purpose),
            ["name"] = invite.Name,
            ["reason"] = invite.Reason,
        }),
        Withdraw withdraw => ("WITHDRAW", new JsonObject { ["number"] = Number(withdraw.Number) }),
        TakeControl => ("TAKE_CONTROL", []),
        Halt => ("HALT", []),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    private static JsonNode OfParticipant(ListedParticipant one) => new JsonObject
    {
        ["person"] = Number(one.Person),
        ["role"] = Number((byte)one.Role),
        ["away"] = one.IsAway,
        ["permissions"] = Number((uint)one.Permissions),
        ["seconds"] = Number(one.Seconds),
        ["name"] = one.Name,
    };

    public static (string Name, JsonObject Fields) Of(ClipboardMessage message) => message switch
    {
        ClipboardText text => ("TEXT", new JsonObject
        {
            ["number"] = Number(text.Number),
            ["request"] = Number(text.Request),
            ["length"] = Number(text.Length),
            ["content"] = Convert.ToHexStringLower(text.Content.Span),
        }),
        ClipboardMore more => ("MORE", new JsonObject { ["number"] = Number(more.Number), ["content"] = Convert.ToHexStringLower(more.Content.Span) }),
        ClipboardTaken taken => ("TAKEN", new JsonObject { ["number"] = Number(taken.Number), ["length"] = Number(taken.Length) }),
        ClipboardRequest request => ("REQUEST", new JsonObject { ["number"] = Number(request.Number) }),
        ClipboardAnswer answer => ("ANSWER", new JsonObject { ["number"] = Number(answer.Number), ["outcome"] = Number((byte)answer.Outcome) }),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    public static (string Name, JsonObject Fields) Of(DrawingMessage message) => message switch
    {
        Spot spot => ("SPOT", Point(spot.Place.X, spot.Place.Y, [])),
        SpotOff => ("SPOT_OFF", []),
        Begin begin => ("BEGIN", Point(begin.Place.X, begin.Place.Y, [("shape", Number((byte)begin.Shape)), ("kept", begin.IsKept)])),
        Points points => ("POINTS", new JsonObject { ["points"] = new JsonArray([.. points.Places.Select(place => Point(place.X, place.Y, []))]) }),
        Done => ("DONE", []),
        Undo => ("UNDO", []),
        Clear => ("CLEAR", []),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    public static (string Name, JsonObject Fields) Of(FactsMessage message)
    {
        var fields = new JsonObject { ["number"] = Number(message.Number) };
        if (message is FactsGiven given) fields["facts"] = new JsonArray([.. given.Facts.Select(OfFact)]);
        return (message.Type.ToString().ToUpperInvariant(), fields);
    }

    public static (string Name, JsonObject Fields) Of(IReadOnlyList<InputMessage> messages)
    {
        var list = messages.Select(OfInput).ToArray();
        var name = list.Length == 1 ? list[0]["message"]!.GetValue<string>() : "BATCH";
        return (name, new JsonObject { ["messages"] = new JsonArray([.. list]) });
    }

    public static (string Name, JsonObject Fields) Of(FileMessage message) => message switch
    {
        Offer offer => ("OFFER", new JsonObject
        {
            ["id"] = Number(offer.Id),
            ["group"] = Number(offer.Group),
            ["size"] = Number(offer.Size),
            ["modified"] = Number(offer.Modified),
            ["path"] = new JsonArray([.. offer.Path.Select(component => JsonValue.Create(component))]),
        }),
        Accept accept => ("ACCEPT", new JsonObject
        {
            ["id"] = Number(accept.Id),
            ["offset"] = Number(accept.Offset),
            ["hash"] = accept.Hash.ToString(),
            ["credit"] = Number(accept.Limit),
        }),
        Refuse refuse => ("REFUSE", OfTransfer(refuse, ("reason", Number((byte)refuse.Reason)))),
        Cancel cancel => ("CANCEL", OfTransfer(cancel, ("reason", Number((byte)cancel.Reason)))),
        Start start => ("START", OfTransfer(start, ("offset", Number(start.Offset)))),
        Credit credit => ("CREDIT", OfTransfer(credit, ("credit", Number(credit.Limit)))),
        Finish finish => ("FINISH", OfTransfer(finish, ("hash", finish.Hash.ToString()))),
        Verified verified => ("VERIFIED", OfTransfer(verified, ("name", verified.Name))),
        Pause pause => ("PAUSE", OfTransfer(pause)),
        Proceed proceed => ("PROCEED", OfTransfer(proceed)),
        Chunk chunk => ("CHUNK", OfTransfer(chunk, ("offset", Number(chunk.Offset)), ("content", Convert.ToHexStringLower(chunk.Content.Span)))),
        Renewed renewed => ("RENEWED", new JsonObject { ["round"] = Number(renewed.Round), ["offers"] = Number(renewed.Offers) }),
        Seen seen => ("SEEN", new JsonObject { ["round"] = Number(seen.Round) }),
        Request request => ("REQUEST", new JsonObject { ["request"] = Number(request.Number), ["what"] = request.What }),
        Answer answer => ("ANSWER", new JsonObject { ["request"] = Number(answer.Number), ["group"] = Number(answer.Group) }),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    private static JsonObject OfTransfer(TransferMessage message, params (string Name, JsonNode Value)[] others)
    {
        var fields = new JsonObject { ["id"] = Number(message.Id) };
        foreach (var (name, value) in others)
            fields[name] = value;
        return fields;
    }

    private static JsonObject OfInput(InputMessage message) => message switch
    {
        PointerMove move => Named("POINTER_MOVE", Point(move.X, move.Y, [])),
        PointerButton button => Named("POINTER_BUTTON", Point(
            button.X, button.Y, [("button", Number((byte)button.Button)), ("down", button.IsDown)])),
        Wheel wheel => Named("WHEEL", Point(wheel.X, wheel.Y, [("dx", Number(wheel.Dx)), ("dy", Number(wheel.Dy))])),
        Key key => Named("KEY", new JsonObject
        {
            ["down"] = key.IsDown,
            ["repeat"] = key.IsRepeat,
            ["code"] = key.Code,
            ["key"] = key.Value,
            ["modifiers"] = Number((byte)key.Modifiers),
            ["locks"] = Number((byte)key.Locks),
        }),
        TextEntered text => Named("TEXT", new JsonObject { ["text"] = text.Text }),
        ReleaseAll => Named("RELEASE_ALL", []),
        Held => Named("HELD", []),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    private static JsonObject OfFact(Fact fact) => new()
    {
        ["fact"] = Number((byte)fact.Kind),
        ["text"] = fact.Text,
        ["numbers"] = new JsonArray([.. fact.Numbers.Select(number => Number((long)number))]),
    };

    private static JsonObject OfDisplay(Display display) =>
        Point(display.X, display.Y, [("width", Number(display.Width)), ("height", Number(display.Height)), ("name", display.Name)]);

    private static JsonObject Point(int x, int y, (string Name, JsonNode Value)[] others)
    {
        var fields = new JsonObject { ["x"] = Number(x), ["y"] = Number(y) };
        foreach (var (name, value) in others)
            fields[name] = value;
        return fields;
    }

    private static JsonObject Named(string name, JsonObject fields)
    {
        fields["message"] = name;
        return fields;
    }

    private static JsonObject Numbered(uint number, Permissions permissions) =>
        new() { ["number"] = Number(number), ["permissions"] = Number((uint)permissions) };

    // Numbers compare by their text, so all are made the way a parser makes them.
    private static JsonNode Number(long value) => JsonNode.Parse(JsonSerializer.Serialize(value))!;
}
