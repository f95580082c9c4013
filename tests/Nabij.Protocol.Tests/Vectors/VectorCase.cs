using System.Text.Json;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>One case of a file in vectors/, read by name; see vectors/README.md.</summary>
public sealed class VectorCase(JsonElement element)
{
    public string Name => Text("name");

    public string Kind => Text("kind");

    public string? Error => Has("error") ? Text("error") : null;

    public JsonElement Element => element;

    public bool Has(string name) => element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null;

    public string Text(string name) => element.GetProperty(name).GetString()!;

    public byte[] Hex(string name) => Convert.FromHexString(Text(name));

    public ulong Number(string name) => element.GetProperty(name).GetUInt64();

    public bool Flag(string name) => element.TryGetProperty(name, out var member) && member.GetBoolean();

    public VectorCase Member(string name) => new(element.GetProperty(name));

    public IEnumerable<VectorCase> List(string name) =>
        element.GetProperty(name).EnumerateArray().Select(member => new VectorCase(member));

    public IEnumerable<byte[]> HexList(string name) =>
        element.GetProperty(name).EnumerateArray().Select(member => Convert.FromHexString(member.GetString()!));

    /// <summary>Fails with the member's name when the bytes differ.</summary>
    public void AssertHex(string name, ReadOnlySpan<byte> actual) =>
        Assert.Equal($"{name}: {Text(name)}", $"{name}: {Convert.ToHexStringLower(actual)}");
}
