using System.Security.Cryptography;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>Random schedules of hosts, technicians and time against the rules of chapter 01, kept by a second, slower book.</summary>
public sealed class DirectoryScheduleTests
{
    private const int Schedules = 60, Steps = 400;

    private static readonly Guid Shop = new("11111111-1111-1111-1111-111111111111");

    [Fact]
    public async Task No_schedule_breaks_the_rules_of_nameplates()
    {
        var first = RandomNumberGenerator.GetInt32(int.MaxValue - Schedules);
        for (var schedule = 0; schedule < Schedules; schedule++)
        {
            var seed = first + schedule;
            try
            {
                await new Schedule(seed).RunAsync();
            }
            catch (Exception)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
                throw;
            }
        }
    }

    private sealed class Schedule(int seed)
    {
        private readonly ManualClock _clock = new();
        private readonly LeaseStamp _stamp = new(new byte[32]);
        private readonly List<Host> _hosts = [];
        private ulong _random = (ulong)seed;
        private MemoryDirectory _directory = null!;

        private static CancellationToken Cancel => TestContext.Current.CancellationToken;

        internal async Task RunAsync()
        {
            _directory = new MemoryDirectory(_stamp, waitingPerAddress: 3, _clock);
            for (var step = 0; step < Steps; step++)
            {
                await StepAsync(Next(10));
                await CheckAsync();
            }
        }

        private Task StepAsync(int kind) => kind switch
        {
            <= 2 => WaitAsync(null),
            3 or 4 => _hosts.Count == 0 ? Task.CompletedTask : WaitAsync(_hosts[Next(_hosts.Count)]),
            5 or 6 => TakeAsync(),
            7 or 8 => LeaveAsync(),
            _ => Advance(),
        };

        private async Task WaitAsync(Host? again)
        {
            var now = _clock.GetUtcNow();
            var claim = again is null ? null : _stamp.Read(Shop, again.Lease);
            var address = again?.Address ?? $"address {Next(40)}";
            var outcome = await _directory.WaitAsync(new WaitingRequest(Shop, new WaitingPerson("", "nl", "linux-x64"), address, claim), Cancel);
            if (outcome.Customer is not { } customer)
            {
                Assert.Equal(WaitingRefusal.TooManyFromAddress, outcome.Refusal);
                Assert.Equal(3, _hosts.Count(host => host != again && host.IsWaiting(now) && host.Address == address));
                return;
            }
            if (outcome.Lease is null)
                Assert.Equal(again!.Plate, customer.Nameplate);
            foreach (var other in _hosts.Where(host => host.Plate == customer.Nameplate && host != again))
                Assert.True(other.FreeAt(now) <= now, "somebody else's nameplate was given out before its time");
            if (outcome.Lease is null)
                _hosts.Remove(again!);
            _hosts.RemoveAll(host => host.Plate == customer.Nameplate);
            _hosts.Add(new Host { Plate = customer.Nameplate, Address = address, Lease = outcome.Lease ?? again!.Lease, Customer = customer });
        }

        private async Task TakeAsync()
        {
            if (_hosts.Count == 0)
                return;
            var (host, now) = (_hosts[Next(_hosts.Count)], _clock.GetUtcNow());
            var outcome = await _directory.TakeAsync(Shop, host.Plate, Cancel);
            Assert.Equal(host.IsWaiting(now), outcome.Customer is not null);
            Assert.Equal(host.IsInRun(now), outcome.Busy);
            if (outcome.Customer is not null)
                host.TakenAt = now;
        }

        private async Task LeaveAsync()
        {
            if (_hosts.Count == 0)
                return;
            var (host, now) = (_hosts[Next(_hosts.Count)], _clock.GetUtcNow());
            var why = (LeaveReason)Next(3);
            await _directory.LeaveAsync(Shop, host.Customer.Place, why, Cancel);
            if (!host.IsWaiting(now) && !host.IsInRun(now))
                return;
            host.LeftAt = now;
            host.Left = why;
        }

        private Task Advance()
        {
            _clock.Advance(TimeSpan.FromSeconds(Next(Next(8) == 0 ? 1800 : 40)));
            return Task.CompletedTask;
        }

        private async Task CheckAsync()
        {
            var now = _clock.GetUtcNow();
            var listed = await _directory.ListAsync(Shop, Cancel);
            Assert.Equal(_hosts.Where(host => host.IsWaiting(now)).Select(host => host.Plate).Order(), listed.Select(customer => customer.Nameplate).Order());
            Assert.Equal(listed.Count, listed.Select(customer => customer.Nameplate).Distinct().Count());
        }

        /// <summary>SplitMix64: the same schedule for the same seed on every machine.</summary>
        private int Next(int below)
        {
            _random += 0x9E3779B97F4A7C15;
            var mixed = (_random ^ (_random >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)below);
        }
    }

    /// <summary>The second book: what the last registration under a nameplate led to, by the words of the chapter.</summary>
    private sealed class Host
    {
        internal required string Plate { get; init; }

        internal required string Address { get; init; }

        internal required string Lease { get; init; }

        internal required WaitingCustomer Customer { get; init; }

        internal DateTimeOffset? TakenAt { get; set; }

        internal DateTimeOffset? LeftAt { get; set; }

        internal LeaveReason Left { get; set; }

        internal bool IsWaiting(DateTimeOffset now) => TakenAt is null && LeftAt is null && now < Customer.Expires;

        internal bool IsInRun(DateTimeOffset now) => TakenAt is { } taken && LeftAt is null && now < taken + TimeSpan.FromSeconds(120);

        /// <summary>The first moment at which somebody else may get the nameplate.</summary>
        internal DateTimeOffset FreeAt(DateTimeOffset now)
        {
            if (LeftAt is { } left)
                return left + TimeSpan.FromSeconds(Left is LeaveReason.Interrupted ? 180 : 120);
            if (IsWaiting(now) || IsInRun(now))
                return DateTimeOffset.MaxValue;
            return (TakenAt is { } taken ? taken + TimeSpan.FromSeconds(120) : Customer.Expires) + TimeSpan.FromSeconds(120);
        }
    }
}
