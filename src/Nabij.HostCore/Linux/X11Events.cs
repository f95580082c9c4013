using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>Asks the X server for the events that matter to a screen source and sorts what comes. Picture thread only.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11Events
{
    // XGenericEventCookie: extension and data; XIRawEvent: the device that moved (Xlib.h, XInput2.h, 64-bit).
    private const int CookieExtensionOffset = 32, CookieTypeOffset = 36, CookieDataOffset = 48, RawSourceOffset = 52;
    private const int RawKeyPress = 13, RawButtonPress = 15, RawMotion = 17, AllMasterDevices = 1, AllDevices = 0;
    // XFixesCursorNotifyEvent (Xfixes.h, 64-bit).
    private const int CursorSerialOffset = 48;
    // XAnyEvent (Xlib.h, 64-bit): the window whose events were asked for.
    private const int EventWindowOffset = 32;
    private const int DeviceBytes = 40, DeviceNameOffset = 8;

    private readonly X11Connection x;
    private readonly X11ActiveWindow front;
    private readonly int damageEvent, cursorEvent;
    private readonly int layoutEvent = -1, inputExtension = -1;
    private readonly HashSet<int> syntheticDevices = [];

    public X11Events(X11Connection x, X11ActiveWindow front)
    {
        (this.x, this.front) = (x, front);
        _ = XExtensions.XDamageQueryExtension(x.Display, out damageEvent, out _);
        _ = XExtensions.XFixesQueryExtension(x.Display, out cursorEvent, out _);
        cursorEvent += 1; // XFixesCursorNotify
        XExtensions.XFixesSelectCursorInput(x.Display, x.Root, XExtensions.CursorNotifyMask);
        if (XExtensions.XRRQueryExtension(x.Display, out var first, out _) != 0)
        {
            layoutEvent = first;
            XExtensions.XRRSelectInput(x.Display, x.Root, XExtensions.AllRandRChanges);
        }
        _ = LibX11.XSelectInput(x.Display, x.Root, LibX11.StructureNotifyMask | LibX11.PropertyChangeMask);
        if (NativeLibrary.TryLoad(XExtensions.Input, out _)) inputExtension = SelectRawInput();
    }

    /// <summary>The server's number of the cursor that was reported last; null before the first.</summary>
    public nuint? CursorSerial { get; private set; }

    /// <summary>Reads everything that has arrived; never waits.</summary>
    public ScreenChanges Read()
    {
        var changes = ScreenChanges.None;
        while (!x.IsLost && LibX11.XPending(x.Display) > 0) changes |= ReadArrived();
        return changes;
    }

    /// <summary>Reads what came along with answers of the server, without looking for more.</summary>
    public ScreenChanges ReadArrived()
    {
        var changes = ScreenChanges.None;
        var received = stackalloc byte[LibX11.EventBytes];
        while (!x.IsLost && LibX11.XQLength(x.Display) > 0)
        {
            _ = LibX11.XNextEvent(x.Display, received);
            changes |= Classify(*(int*)received, received);
        }
        return changes;
    }

    private ScreenChanges Classify(int type, byte* received)
    {
        if (type == damageEvent) return ScreenChanges.Damage;
        if (type == cursorEvent)
        {
            CursorSerial = *(nuint*)(received + CursorSerialOffset);
            return ScreenChanges.CursorShape;
        }
        if (type == LibX11.PropertyNotify) return front.IsConcerned(received) ? ScreenChanges.ActiveWindow : ScreenChanges.None;
        if (type is LibX11.UnmapNotify or LibX11.DestroyNotify) return front.IsGone(received) ? ScreenChanges.ActiveWindow : ScreenChanges.None;
        if (type == LibX11.GenericEvent) return ClassifyInput(received);
        if (type == LibX11.ConfigureNotify && *(nuint*)(received + EventWindowOffset) != x.Root) return ScreenChanges.None; // the window in front moved
        if (type == LibX11.ConfigureNotify || layoutEvent >= 0 && (type == layoutEvent || type == layoutEvent + 1))
        {
            _ = XExtensions.XRRUpdateConfiguration(received);
            return ScreenChanges.Layout;
        }
        return ScreenChanges.None;
    }

    private ScreenChanges ClassifyInput(byte* cookie)
    {
        if (*(int*)(cookie + CookieExtensionOffset) != inputExtension || LibX11.XGetEventData(x.Display, cookie) == 0)
            return ScreenChanges.None;
        var data = *(byte**)(cookie + CookieDataOffset);
        var moved = *(int*)(cookie + CookieTypeOffset) == RawMotion;
        var byCustomer = !syntheticDevices.Contains(*(int*)(data + RawSourceOffset));
        LibX11.XFreeEventData(x.Display, cookie);
        return (moved ? ScreenChanges.PointerPosition : ScreenChanges.None) | (byCustomer ? ScreenChanges.LocalInput : ScreenChanges.None);
    }

    private int SelectRawInput()
    {
        if (LibX11.XQueryExtension(x.Display, "XInputExtension", out var opcode, out _, out _) == 0) return -1;
        int major = 2, minor = 0;
        if (XExtensions.XIQueryVersion(x.Display, ref major, ref minor) != 0) return -1;
        var bits = stackalloc byte[4];
        new Span<byte>(bits, 4).Clear();
        foreach (var wanted in (int[])[RawKeyPress, RawButtonPress, RawMotion]) bits[wanted >> 3] |= (byte)(1 << (wanted & 7));
        var mask = new DeviceMask { Device = AllMasterDevices, Bytes = 4, Bits = (nint)bits };
        _ = XExtensions.XISelectEvents(x.Display, x.Root, &mask, 1);
        FindSyntheticDevices();
        return opcode;
    }

    // Input by XTest, ours or another program's, comes from devices with XTEST in their name: it is not the customer's hand.
    private void FindSyntheticDevices()
    {
        var devices = XExtensions.XIQueryDevice(x.Display, AllDevices, out var count);
        if (devices == 0) return;
        for (var i = 0; i < count; i++)
        {
            var device = devices + i * DeviceBytes;
            var name = Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(device, DeviceNameOffset)) ?? "";
            if (name.Contains("XTEST", StringComparison.Ordinal)) syntheticDevices.Add(Marshal.ReadInt32(device));
        }
        XExtensions.XIFreeDeviceInfo(devices);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct DeviceMask
    {
        public int Device;
        public int Bytes;
        public nint Bits;
    }
}
