using Microsoft.Extensions.Logging.Abstractions;
using Nabij.Protocol.Log;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>The key under the server's receipts: certified by itself, renewed in time, and never a reason to turn a customer away.</summary>
public sealed class RecordsKeysTests : IDisposable
{
    private static readonly Guid Organization = new("00112233445566778899aabbccddeeff");
    private static readonly ReceiptSubject Subject = new(new byte[16], new byte[16], new byte[32], 1_795_334_400);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("nabij-records-");
    private readonly ManualClock _clock = new();
    private readonly DataFolder _folder;
    private readonly OrganizationKeys _organizations;

    public RecordsKeysTests()
    {
        _folder = new DataFolder(_data.FullName);
        _folder.Open();
        _organizations = new OrganizationKeys(_folder);
        _organizations.Create(Organization);
    }

    public void Dispose()
    {
        _organizations.Dispose();
        _data.Delete(recursive: true);
    }

    [Fact]
    public void The_certificate_is_renewed_a_month_before_it_ends_for_the_same_key()
    {
        using var keys = Open();
        var first = keys.Certificate(Organization)!;
        _clock.Advance(RecordsKeys.Validity - RecordsKeys.Renewal - TimeSpan.FromMinutes(1));
        Assert.Equal(first.Encoded.ToArray(), keys.Certificate(Organization)!.Encoded.ToArray());
        _clock.Advance(TimeSpan.FromMinutes(2));
        var second = keys.Certificate(Organization)!;
        Assert.True(second.NotAfter > first.NotAfter);
        Assert.Equal(first.PublicKey.ToArray(), second.PublicKey.ToArray());
        using var later = Open();
        Assert.Equal(second.Encoded.ToArray(), later.Certificate(Organization)!.Encoded.ToArray());
    }

    [Fact]
    public void A_key_that_cannot_be_read_costs_receipts_and_nothing_else()
    {
        using (var keys = Open()) Assert.NotEmpty(keys.Receipt(Organization, Subject));
        File.WriteAllText(Directory.GetFiles(_folder.KeysFolder, "records-*.pem").Single(), "damaged");
        using var after = Open();
        Assert.Empty(after.Receipt(Organization, Subject));
    }

    private RecordsKeys Open() => new(_organizations, _folder, _clock, NullLogger<RecordsKeys>.Instance);
}
