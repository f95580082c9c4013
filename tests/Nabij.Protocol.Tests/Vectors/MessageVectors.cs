using System.Buffers.Binary;
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
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>control.json, screen.json, input.json, chat.json, clipboard.json, drawing.json, facts.json, files.json: decode to the fields, encode to the same bytes, refuse by the same name.</summary>
internal static class MessageVectors
{
    public static void Control(VectorCase vector)
    {
        var sender = Enum.Parse<Party>(vector.Text("sender"), ignoreCase: true);
        Check(vector, bytes => ControlMessage.Decode(bytes, sender), message => message.Encode(), MessageFields.Of);
    }

    public static void Screen(VectorCase vector)
    {
        switch (vector.Text("channel"))
        {
            case "screen":
                Check(vector, bytes => ScreenMessage.Decode(bytes), message => message.Encode(), MessageFields.Of);
                break;
            case "cursor":
                Check(vector, bytes => CursorMessage.Decode(bytes), message => message.Encode(), MessageFields.Of);
                break;
            case "feedback":
                Check(vector, bytes => FeedbackMessage.Decode(bytes), message => message.Encode(), MessageFields.Of);
                break;
            default:
                Assert.Fail("unknown channel");
                break;
        }
    }

    public static void Input(VectorCase vector) =>
        Check(vector, bytes => InputMessage.DecodeBatch(bytes), InputMessage.EncodeBatch, MessageFields.Of);

    public static void Chat(VectorCase vector)
    {
        var sender = Enum.Parse<Party>(vector.Text("sender"), ignoreCase: true);
        Check(vector, bytes => ChatMessage.Decode(bytes, sender), message => message.Encode(), MessageFields.Of);
    }

    public static void People(VectorCase vector)
    {
        var sender = Enum.Parse<Party>(vector.Text("sender"), ignoreCase: true);
        Check(vector, bytes => PeopleMessage.Decode(bytes, sender), message => message.Encode(), MessageFields.Of);
    }

    public static void Clipboard(VectorCase vector)
    {
        var sender = Enum.Parse<Party>(vector.Text("sender"), ignoreCase: true);
        Check(vector, bytes => ClipboardMessage.Decode(bytes, sender), message => message.Encode(), MessageFields.Of);
    }

    public static void WholeText(VectorCase vector)
    {
        string? text = null;
        var bytes = vector.Hex("hex");
        Assert.Equal(vector.Error, Refusals.NameOf(() => text = CopiedText.Read(bytes)));
        if (text is null)
            return;
        Assert.Equal(vector.Text("text"), text);
        Assert.Equal(vector.Text("hex"), Convert.ToHexStringLower(CopiedText.Form(text)));
    }

    public static void Form(VectorCase vector) =>
        Assert.Equal(vector.Text("hex"), Convert.ToHexStringLower(CopiedText.Form(Units(vector))));

    public static void Drawing(VectorCase vector) =>
        Check(vector, bytes => DrawingMessage.Decode(bytes), message => message.Encode(), MessageFields.Of);

    public static void Facts(VectorCase vector)
    {
        var sender = Enum.Parse<Party>(vector.Text("sender"), ignoreCase: true);
        Check(vector, bytes => FactsMessage.Decode(bytes, sender), message => message.Encode(), MessageFields.Of);
    }

    public static void Files(VectorCase vector)
    {
        var sender = Enum.Parse<Party>(vector.Text("sender"), ignoreCase: true);
        Check(vector, bytes => FileMessage.Decode(bytes, sender), message => message.Encode(), MessageFields.Of);
    }

    public static void Name(VectorCase vector)
    {
        var expected = vector.Has("refused") ? Drift.ProtocolTables.Pascal(vector.Text("refused")) : nameof(NameRefusal.None);
        Assert.Equal(expected, FileName.Judge(Units(vector)).ToString());
    }

    public static void Hash(VectorCase vector)
    {
        var bytes = vector.Hex("pixels");
        var (width, height) = ((int)vector.Number("width"), (int)vector.Number("height"));
        var pixels = new uint[width * height];
        for (var index = 0; index < pixels.Length; index++)
            pixels[index] = 0xff000000 | ((uint)bytes[3 * index] << 16) | ((uint)bytes[(3 * index) + 1] << 8) | bytes[(3 * index) + 2];
        var hash = PictureHash.Compute(pixels, width, height, width, (uint)vector.Number("update"));
        Assert.Equal(vector.Text("hash"), hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string Units(VectorCase vector) =>
        new([.. vector.Hex("units").Chunk(2).Select(unit => (char)BinaryPrimitives.ReadUInt16BigEndian(unit))]);

    private static void Check<T>(VectorCase vector, Func<byte[], T> decode, Func<T, byte[]> encode, Func<T, (string Name, JsonObject Fields)> fields)
        where T : class
    {
        T? message = null;
        var bytes = vector.Hex("hex");
        Assert.Equal(vector.Error, Refusals.NameOf(() => message = decode(bytes)));
        if (message is null)
            return;
        var (name, actual) = fields(message);
        Assert.Equal(vector.Text("message"), name);
        MessageFields.AssertEqual(vector, actual);
        vector.AssertHex("hex", encode(message));
        for (var length = 0; length < bytes.Length; length++)
            Assert.True(IsDecodedOrRefused(bytes[..length], decode), $"cut at {length}");
    }

    // A message cut short is refused, or is a shorter message: nothing else may happen.
    private static bool IsDecodedOrRefused<T>(byte[] bytes, Func<byte[], T> decode)
    {
        try
        {
            decode(bytes);
            return bytes.Length > 0;
        }
        catch (WireFormatException)
        {
            return true;
        }
    }
}
