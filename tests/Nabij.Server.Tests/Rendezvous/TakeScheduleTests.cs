using System.Net.WebSockets;
using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Organizations;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>Each order in which a technician's take and a host's entering, announcing and leaving can meet.</summary>
public sealed class TakeScheduleTests
{
    private static readonly Guid Shop = new("11111111-1111-1111-1111-111111111111");
    private static readonly WaitingPerson Person = new("Mrs. Jansen", "nl", "linux-x64");

    private readonly LeaseStamp _stamp = new(new byte[32]);
    private readonly SteppedDirectory _directory;
    private readonly WaitingRoom _room;

    public TakeScheduleTests()
    {
        _directory = new SteppedDirectory(new MemoryDirectory(_stamp, waitingPerAddress: 5, new ManualClock()));
        _room = new WaitingRoom(_directory);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_technician_who_leaves_before_the_host_has_its_nameplate_still_gets_it_claimed_for_the_run()
    {
        var (host, _) = await AdmitAsync();
        await _room.EnterAsync(host, null, Cancel);
        using var technician = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var taking = _room.TakeAsync(Shop, host.Customer.Nameplate, technician.Token);
        await technician.CancelAsync();
        Assert.False(taking.IsCompleted);
        host.Announce(Cancel);

        Assert.Equal((host, false), await taking.WaitAsync(Cancel));
        Assert.True(host.ClaimedByTechnician.IsCompletedSuccessfully);
        Assert.False(host.TryLeave());
    }

    [Fact]
    public async Task A_take_whose_technician_and_host_both_leave_gives_the_nameplate_back_to_the_lease()
    {
        var (host, lease) = await AdmitAsync();
        await _room.EnterAsync(host, null, Cancel);
        using var technician = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var taking = _room.TakeAsync(Shop, host.Customer.Nameplate, technician.Token);
        await technician.CancelAsync();
        Assert.True(host.TryLeave());

        Assert.Equal((null, false), await taking.WaitAsync(Cancel));
        Assert.Equal(new TakeOutcome(null, Busy: false), await _directory.TakeAsync(Shop, host.Customer.Nameplate, Cancel));
        Assert.Equal(host.Customer.Nameplate, (await AdmitAsync(lease)).Host.Customer.Nameplate);
    }

    [Fact]
    public async Task A_technician_who_has_left_already_takes_nothing()
    {
        var (host, _) = await AdmitAsync();
        await _room.EnterAsync(host, null, Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _room.TakeAsync(Shop, host.Customer.Nameplate, new CancellationToken(canceled: true)));

        Assert.Single(await _directory.ListAsync(Shop, Cancel));
    }

    [Fact]
    public async Task A_host_taken_before_it_entered_is_told_to_register_again_and_gets_its_nameplate_back()
    {
        var (host, lease) = await AdmitAsync();
        Assert.Equal((null, false), await _room.TakeAsync(Shop, host.Customer.Nameplate, Cancel));

        await _room.EnterAsync(host, null, Cancel);

        await ToldAsync(host);
        Assert.Equal(host.Customer.Nameplate, (await AdmitAsync(lease)).Host.Customer.Nameplate);
    }

    [Fact]
    public async Task A_host_that_enters_while_its_place_is_being_given_up_is_told_as_well()
    {
        var (host, _) = await AdmitAsync();
        _directory.BeforeLeave = () => _room.EnterAsync(host, null, Cancel);

        Assert.Equal((null, false), await _room.TakeAsync(Shop, host.Customer.Nameplate, Cancel));

        await ToldAsync(host);
    }

    [Fact]
    public async Task A_host_that_enters_between_the_take_and_the_claim_is_claimed()
    {
        var (host, _) = await AdmitAsync();
        _directory.AfterTake = async () =>
        {
            await _room.EnterAsync(host, null, Cancel);
            host.Announce(Cancel);
        };

        Assert.Equal((host, false), await _room.TakeAsync(Shop, host.Customer.Nameplate, Cancel));

        Assert.False(host.ToldToLeave.IsCompleted);
    }

    [Fact]
    public async Task A_host_replaced_under_its_lease_before_it_entered_is_told_and_the_newer_one_waits()
    {
        var (older, lease) = await AdmitAsync();
        var (newer, _) = await AdmitAsync(lease);
        await _room.EnterAsync(newer, newer.Admission.Replaced, Cancel);

        await _room.EnterAsync(older, null, Cancel);

        await ToldAsync(older);
        Assert.False(newer.ToldToLeave.IsCompleted);
    }

    [Fact]
    public async Task On_the_wire_a_host_taken_before_it_entered_is_closed_with_4003_and_comes_back_under_its_number()
    {
        SteppedDirectory? stepped = null;
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with
        {
            Adjust = builder => builder.Services.AddSingleton<IDirectory>(provider =>
                stepped = new SteppedDirectory(new MemoryDirectory(provider.GetRequiredService<LeaseStamp>(), 100, TimeProvider.System))),
        });
        var organization = (await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel)).Id;
        var room = server.Services.GetRequiredService<WaitingRoom>();
        stepped!.AfterWait = customer => room.TakeAsync(organization, customer.Nameplate, Cancel);
        using var stranded = await HostPeer.WaitAsync(server, Cancel);
        stepped.AfterWait = null;

        Assert.Equal((int)SocketCloseCode.PeerGone, await stranded.Socket.ReceiveCloseAsync(Cancel));
        using var back = await HostPeer.WaitAsync(server, Cancel, register => register with { Lease = stranded.Given.Lease });
        using var desk = await DeskPeer.SignInAsync(server);

        Assert.Equal(stranded.Given.Nameplate, back.Given.Nameplate);
        Assert.IsType<PairedViewer>((await desk.JoinAsync(back.Given.Nameplate, Cancel)).Answer);
    }

    private static async Task ToldAsync(WaitingHost host)
    {
        Assert.True(host.ToldToLeave.IsCompleted);
        Assert.Equal(SocketCloseCode.PeerGone, await host.ToldToLeave);
    }

    /// <summary>What the registration decided, before the host enters the room.</summary>
    private async Task<(WaitingHost Host, string Lease)> AdmitAsync(string? claim = null)
    {
        var outcome = await _directory.WaitAsync(new WaitingRequest(Shop, Person, "a", _stamp.Read(Shop, claim)), Cancel);
        var lease = outcome.Lease ?? claim!;
        var admission = new Admission(Shop, outcome.Customer!, lease, Registered) { ConsentHash = "", Replaced = outcome.Replaced };
        return (new WaitingHost(WebSocket.CreateFromStream(Stream.Null, new WebSocketCreationOptions { IsServer = true }), admission), lease);
    }

    private static Register Registered => new()
    {
        Organization = RunningServer.Slug,
        SidC = new byte[16],
        Versions = [1],
        Suites = [1],
        CustomerName = Person.Name,
        Language = Person.Language,
        Platform = Person.Platform,
        Program = "nabij 0.1.0",
        Consent = new ConsentRecord
        {
            TermsId = "terms",
            TermsVersion = "1",
            Language = "nl",
            TermsHash = new byte[32],
            LicenceHash = new byte[32],
            Ticks = ConsentTicks.Terms | ConsentTicks.Licence,
            Backup = BackupAnswer.Yes,
            Time = 1_795_000_000,
        },
        Lease = null,
        Outcome = RunOutcome.None,
    };
}
