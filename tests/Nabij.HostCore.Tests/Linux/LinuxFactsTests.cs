using Nabij.HostCore.Facts;
using Nabij.HostCore.Linux;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Facts;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>What Linux tells about a computer, from made-up files of the kernel and from this computer's own.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class LinuxFactsTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("nabij-facts-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void A_laptop_tells_its_system_memory_network_and_battery()
    {
        Write("etc/os-release", "NAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\n");
        Write("proc/sys/kernel/ostype", "Linux\n");
        Write("proc/sys/kernel/osrelease", "6.12.48\n");
        Write("proc/cpuinfo", "processor\t: 0\nmodel name\t: Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz\n");
        Write("proc/meminfo", "MemTotal:       16235364 kB\nMemFree:         100 kB\nMemAvailable:    9000000 kB\n");
        Write("sys/class/net/lo/operstate", "unknown");
        Write("sys/class/net/docker0/operstate", "up");
        Write("sys/class/net/wlp2s0/operstate", "up");
        Write("sys/class/net/wlp2s0/wireless/x", "");
        Write("sys/class/net/enp1s0/operstate", "down");
        Write("sys/class/net/enp1s0/device/x", "");
        Write("sys/class/power_supply/AC/type", "Mains");
        Write("sys/class/power_supply/hidpp/type", "Battery");
        Write("sys/class/power_supply/hidpp/scope", "Device");
        Write("sys/class/power_supply/hidpp/capacity", "5");
        Write("sys/class/power_supply/BAT0/type", "Battery");
        Write("sys/class/power_supply/BAT0/capacity", "87");
        Write("sys/class/power_supply/BAT0/status", "Discharging");
        var facts = Gather();
        Assert.Equal("Debian GNU/Linux 13 (trixie)", facts[FactKind.System].Text);
        Assert.Equal("Linux 6.12.48", facts[FactKind.Kernel].Text);
        Assert.Equal("Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz", facts[FactKind.Processor].Text);
        Assert.Equal([16_235_364UL * 1024, 9_000_000UL * 1024], facts[FactKind.Memory].Numbers);
        Assert.Equal([(ulong)NetworkKind.Wireless], facts[FactKind.Network].Numbers);
        Assert.Equal([87UL, 0UL], facts[FactKind.Battery].Numbers);
    }

    [Fact]
    public void Only_local_drives_are_told_and_each_once()
    {
        Write("proc/self/mounts", "/dev/sda2 / ext4 rw 0 0\n/dev/sda2 /var/lib/x ext4 rw 0 0\nserver:/home /tmp nfs4 rw 0 0\ntmpfs /run tmpfs rw 0 0\n/dev/loop3 / ext4 ro 0 0\n/dev/sdb1 /no/such\\040place vfat rw 0 0\n");
        var list = new FactList();
        new LinuxFacts(root.FullName).AddTo(list);
        var disk = Assert.Single(list.Facts, fact => fact.Kind == FactKind.Disk);
        Assert.Equal("/", disk.Text);
        Assert.True(disk.Numbers[0] >= disk.Numbers[1] && disk.Numbers[0] > 0);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public void A_computer_that_tells_nothing_or_nonsense_is_no_fault()
    {
        Write("etc/os-release", new string('x', 200_000));
        Write("proc/meminfo", "MemTotal: many kB\n");
        Write("sys/class/power_supply/BAT0/type", "Battery");
        Write("sys/class/power_supply/BAT0/capacity", "-3");
        Write("proc/sys/kernel/ostype", "\u0007" + new string('é', 300));
        var facts = Gather();
        Assert.False(facts.ContainsKey(FactKind.System));
        Assert.False(facts.ContainsKey(FactKind.Memory));
        Assert.False(facts.ContainsKey(FactKind.Battery));
        Assert.Equal(new string('é', 64), facts[FactKind.Kernel].Text);
        Assert.Equal([(ulong)NetworkKind.None], facts[FactKind.Network].Numbers);
    }

    [Fact]
    public void This_computer_tells_a_list_that_can_be_sent()
    {
        DesktopDisplay[] displays = [.. Enumerable.Range(0, 20).Select(i => new DesktopDisplay($"{i}", new PixelArea(i * 100, 0, 100, 100)))];
        var facts = ComputerFacts.Read(displays, "1.2.3");
        Assert.NotEmpty(new FactsGiven(1, facts).Encode());
        Assert.Equal(16, facts.Count(fact => fact.Kind == FactKind.Display));
        Assert.Equal(("1.2.3", Environment.MachineName), (facts.Single(fact => fact.Kind == FactKind.Program).Text, facts.Single(fact => fact.Kind == FactKind.ComputerName).Text));
    }

    [Theory]
    [InlineData("Xft.dpi:\t144\nXft.antialias: 1\n", 150)]
    [InlineData("Xft.dpi: 96", 100)]
    [InlineData("Xft.dpi: -5", 100)]
    [InlineData("*color: red", 100)]
    public void The_scale_is_what_the_resources_say(string resources, int percent) => Assert.Equal((ulong)percent, X11Scale.Of(resources));

    private Dictionary<FactKind, Fact> Gather()
    {
        var list = new FactList();
        new LinuxFacts(root.FullName).AddTo(list);
        return list.Facts.ToDictionary(fact => fact.Kind);
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
