namespace Nabij.Protocol.Tests.Vectors;

/// <summary>Every case of every file in vectors/ is one test; a file or a kind without a reader fails.</summary>
[Trait("Invariant", "11")]
public sealed class VectorTests
{
    private static readonly Dictionary<(string File, string Kind), Action<VectorCase>> Readers = new()
    {
        [("lv.json", "encode")] = PrimitiveVectors.EncodeItems,
        [("lv.json", "decode")] = PrimitiveVectors.DecodeItems,
        [("x25519.json", "multiply")] = PrimitiveVectors.Multiply,
        [("x25519.json", "iterate")] = PrimitiveVectors.Iterate,
        [("x25519.json", "share")] = PrimitiveVectors.Share,
        [("cpace.json", "map")] = PrimitiveVectors.Map,
        [("cpace.json", "mapHash")] = PrimitiveVectors.MapHash,
        [("cpace.json", "generator")] = PrimitiveVectors.Generator,
        [("cpace.json", "exchange")] = PrimitiveVectors.Exchange,
        [("cpace.json", "transcript")] = PrimitiveVectors.Transcript,
        [("hkdf.json", "hkdf")] = PrimitiveVectors.Hkdf,
        [("hmac.json", "hmac")] = PrimitiveVectors.Hmac,
        [("sas.json", "checkNumber")] = PrimitiveVectors.CheckNumber,
        [("ecdsa.json", "verify")] = OrganizationVectors.Signature,
        [("ecdsa.json", "verify")] = OrganizationVectors.Verify,
        [("certificates.json", "certificate")] = OrganizationVectors.Certificate,
        [("consent.json", "consent")] = OrganizationVectors.Consent,
        [("organization.json", "document")] = OrganizationVectors.Document,
        [("organization.json", "block")] = OrganizationVectors.Block,
        [("log.json", "log")] = LogVectors.Check,
        [("records.json", "open")] = RecordVectors.Open,
        [("records.json", "seal")] = RecordVectors.Seal,
        [("resume.json", "host")] = ResumeVectors.Host,
        [("resume.json", "viewer")] = ResumeVectors.Viewer,
        [("handshake.json", "schedule")] = ScheduleVectors.Schedule,
        [("handshake.json", "customer")] = HandshakeVectors.Customer,
        [("handshake.json", "technician")] = HandshakeVectors.Technician,
        [("control.json", "message")] = MessageVectors.Control,
        [("screen.json", "message")] = MessageVectors.Screen,
        [("screen.json", "hash")] = MessageVectors.Hash,
        [("input.json", "message")] = MessageVectors.Input,
        [("chat.json", "message")] = MessageVectors.Chat,
        [("clipboard.json", "message")] = MessageVectors.Clipboard,
        [("clipboard.json", "whole")] = MessageVectors.WholeText,
        [("clipboard.json", "form")] = MessageVectors.Form,
        [("drawing.json", "message")] = MessageVectors.Drawing,
        [("facts.json", "message")] = MessageVectors.Facts,
        [("people.json", "message")] = MessageVectors.People,
        [("files.json", "message")] = MessageVectors.Files,
        [("names.json", "component")] = MessageVectors.Name,
        [("pictures.json", "seal")] = PictureVectors.Seal,
        [("pictures.json", "open")] = PictureVectors.Open,
        [("pictures.json", "content")] = PictureVectors.ReadContent,
        [("pictures.json", "wrap")] = PictureVectors.Wrap,
        [("pictures.json", "unwrap")] = PictureVectors.Unwrap,
        [("px.json", "read")] = PxVectors.Read,
        [("px.json", "write")] = PxVectors.Write,
        [("rendezvous.json", "message")] = RendezvousVectors.Message,
    };

    public static IEnumerable<TheoryDataRow<string, int, string>> Cases() =>
        from file in VectorFolder.Files
        from index in Enumerable.Range(0, file.Value.Length)
        select new TheoryDataRow<string, int, string>(file.Key, index, file.Value[index].Name);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Vector_holds(string file, int index, string name)
    {
        var vector = VectorFolder.Files[file][index];
        Assert.Equal(name, vector.Name);
        Assert.True(Readers.TryGetValue((file, vector.Kind), out var read), $"{file} has an unknown kind {vector.Kind}");
        read(vector);
    }

    [Fact]
    public void Every_reader_has_at_least_one_vector() =>
        Assert.All(Readers.Keys, reader => Assert.Contains(
            VectorFolder.Files.GetValueOrDefault(reader.File) ?? [], vector => vector.Kind == reader.Kind));

    [Fact]
    public void Names_of_vectors_are_unique_in_their_file() =>
        Assert.All(VectorFolder.Files.Values, cases => Assert.Equal(cases.Length, cases.DistinctBy(one => one.Name).Count()));
}
