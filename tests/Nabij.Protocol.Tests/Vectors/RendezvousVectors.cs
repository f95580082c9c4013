using System.Text;
using System.Text.Json.Nodes;
using Nabij.Protocol.Rendezvous;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>rendezvous.json: decode, encode, and decode again to the same members.</summary>
internal static class RendezvousVectors
{
    public static void Message(VectorCase vector)
    {
        var receiver = vector.Text("receiver");
        var bytes = vector.Has("hex") ? vector.Hex("hex") : Encoding.UTF8.GetBytes(vector.Text("text"));
        RendezvousMessage? message = null;
        Assert.Equal(vector.Error, Refusals.NameOf(() => message = Decode(vector, receiver, bytes)));
        if (message is null)
            return;
        // What is encoded is JSON of our own making: comparing it compares what was decoded.
        var members = JsonNode.Parse(message.Encode())!.AsObject();
        Assert.Equal(vector.Text("message"), members["type"]!.GetValue<string>().ToUpperInvariant());
        members.Remove("type");
        MessageFields.AssertEqual(vector, members);
        Assert.Equal(message.Encode(), Decode(vector, receiver, message.Encode()).Encode());
    }

    private static RendezvousMessage Decode(VectorCase vector, string receiver, byte[] bytes) => receiver switch
    {
        "host" => RendezvousMessage.DecodeForHost(bytes),
        "viewer" => RendezvousMessage.DecodeForViewer(bytes),
        _ when vector.Text("sender") == "host" => RendezvousMessage.DecodeFromHost(bytes),
        _ => RendezvousMessage.DecodeFromViewer(bytes),
    };
}
