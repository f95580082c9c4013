using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>The functions of libgtk-3 that the windows use. Pointers are borrowed unless a caller says otherwise.</summary>
[SupportedOSPlatform("linux")]
internal static partial class Gtk
{
    private const string Library = GtkLibraries.Gtk;

    public const int Horizontal = 0;
    public const int Vertical = 1;
    public const int AlignFill = 0;
    public const int AlignStart = 1;
    public const int AlignEnd = 2;
    public const int AlignCenter = 3;
    public const int WindowTopLevel = 0;
    public const int WindowPopup = 1;
    public const int PolicyAutomatic = 1;
    public const int PolicyNever = 2;
    public const int StyleProviderPriorityApplication = 600;
    public const int ResponseAccept = -3;
    public const int FileChooserOpen = 0;
    public const int FileChooserSave = 1;
    public const int FileChooserSelectFolder = 2;
    public const int DropAll = 7;
    public const int CopyAction = 2;
    public const int WrapWordChar = 2;
    public const int WrapModeWordChar = 3;

    [LibraryImport(Library, EntryPoint = "gtk_init_check")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool InitCheck(nint argumentCount, nint arguments);

    [LibraryImport(Library, EntryPoint = "gtk_main")]
    public static partial void RunMain();

    [LibraryImport(Library, EntryPoint = "gtk_main_quit")]
    public static partial void MainQuit();

    [LibraryImport(Library, EntryPoint = "gtk_fixed_new")]
    public static partial nint FixedNew();

    [LibraryImport(Library, EntryPoint = "gtk_fixed_put")]
    public static partial void FixedPut(nint place, nint child, int x, int y);

    [LibraryImport(Library, EntryPoint = "gtk_window_new")]
    public static partial nint WindowNew(int type);

    [LibraryImport(Library, EntryPoint = "gtk_window_set_title", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void WindowSetTitle(nint window, string title);

    [LibraryImport(Library, EntryPoint = "gtk_window_set_position")]
    public static partial void WindowSetPosition(nint window, int position);

    [LibraryImport(Library, EntryPoint = "gtk_window_set_default_size")]
    public static partial void WindowSetDefaultSize(nint window, int width, int height);

    [LibraryImport(Library, EntryPoint = "gtk_window_resize")]
    public static partial void WindowResize(nint window, int width, int height);

    [LibraryImport(Library, EntryPoint = "gtk_window_move")]
    public static partial void WindowMove(nint window, int x, int y);

    [LibraryImport(Library, EntryPoint = "gtk_window_get_size")]
    public static partial void WindowGetSize(nint window, out int width, out int height);

    [LibraryImport(Library, EntryPoint = "gtk_window_set_decorated")]
    public static partial void WindowSetDecorated(nint window, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_window_set_keep_above")]
    public static partial void WindowSetKeepAbove(nint window, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_window_set_focus_on_map")]
    public static partial void WindowSetFocusOnMap(nint window, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_window_set_accept_focus")]
    public static partial void WindowSetAcceptFocus(nint window, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_window_set_skip_taskbar_hint")]
    public static partial void WindowSetSkipTaskbar(nint window, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_window_set_type_hint")]
    public static partial void WindowSetTypeHint(nint window, int hint);

    [LibraryImport(Library, EntryPoint = "gtk_window_set_resizable")]
    public static partial void WindowSetResizable(nint window, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_window_stick")]
    public static partial void WindowStick(nint window);

    [LibraryImport(Library, EntryPoint = "gtk_window_present")]
    public static partial void WindowPresent(nint window);

    [LibraryImport(Library, EntryPoint = "gtk_window_set_icon_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void WindowSetIconName(nint window, string name);

    [LibraryImport(Library, EntryPoint = "gtk_window_set_default")]
    public static partial void WindowSetDefault(nint window, nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_window_set_focus")]
    public static partial void WindowSetFocus(nint window, nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_container_add")]
    public static partial void ContainerAdd(nint container, nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_container_remove")]
    public static partial void ContainerRemove(nint container, nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_bin_get_child")]
    public static partial nint BinGetChild(nint bin);

    [LibraryImport(Library, EntryPoint = "gtk_box_new")]
    public static partial nint BoxNew(int orientation, int spacing);

    [LibraryImport(Library, EntryPoint = "gtk_box_pack_start")]
    public static partial void BoxPackStart(
        nint box, nint child, [MarshalAs(UnmanagedType.Bool)] bool expand, [MarshalAs(UnmanagedType.Bool)] bool fill, uint padding);

    [LibraryImport(Library, EntryPoint = "gtk_orientable_set_orientation")]
    public static partial void OrientableSetOrientation(nint orientable, int orientation);

    [LibraryImport(Library, EntryPoint = "gtk_scrolled_window_new")]
    public static partial nint ScrolledWindowNew(nint horizontal, nint vertical);

    [LibraryImport(Library, EntryPoint = "gtk_scrolled_window_set_policy")]
    public static partial void ScrolledWindowSetPolicy(nint scrolled, int horizontal, int vertical);

    [LibraryImport(Library, EntryPoint = "gtk_scrolled_window_set_min_content_height")]
    public static partial void ScrolledWindowSetMinContentHeight(nint scrolled, int height);

    [LibraryImport(Library, EntryPoint = "gtk_scrolled_window_set_overlay_scrolling")]
    public static partial void ScrolledWindowSetOverlayScrolling(nint scrolled, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_scrolled_window_get_vadjustment")]
    public static partial nint ScrolledWindowGetVerticalAdjustment(nint scrolled);

    [LibraryImport(Library, EntryPoint = "gtk_container_set_focus_vadjustment")]
    public static partial void ContainerSetFocusVerticalAdjustment(nint container, nint adjustment);

    [LibraryImport(Library, EntryPoint = "gtk_file_chooser_native_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint FileChooserNativeNew(string? title, nint parent, int action, string? accept, string? cancel);

    [LibraryImport(Library, EntryPoint = "gtk_native_dialog_run")]
    public static partial int NativeDialogRun(nint dialog);

    [LibraryImport(Library, EntryPoint = "gtk_file_chooser_set_current_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void FileChooserSetCurrentName(nint chooser, string name);

    [LibraryImport(Library, EntryPoint = "gtk_file_chooser_set_do_overwrite_confirmation")]
    public static partial void FileChooserSetOverwriteConfirmation(nint chooser, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_file_chooser_set_select_multiple")]
    public static partial void FileChooserSetSelectMultiple(nint chooser, [MarshalAs(UnmanagedType.Bool)] bool on);

    /// <summary>The caller frees the text.</summary>
    [LibraryImport(Library, EntryPoint = "gtk_file_chooser_get_filename")]
    public static partial nint FileChooserGetFileName(nint chooser);

    /// <summary>The caller frees the list and its texts.</summary>
    [LibraryImport(Library, EntryPoint = "gtk_file_chooser_get_filenames")]
    public static partial nint FileChooserGetFileNames(nint chooser);

    /// <summary>Lets something be dropped on a widget; targets are added by themselves.</summary>
    [LibraryImport(Library, EntryPoint = "gtk_drag_dest_set")]
    public static partial void DropSet(nint widget, int defaults, nint targets, int count, int actions);

    [LibraryImport(Library, EntryPoint = "gtk_drag_dest_unset")]
    public static partial void DropUnset(nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_drag_dest_add_uri_targets")]
    public static partial void DropAddAddresses(nint widget);

    /// <summary>The bytes that were dropped; borrowed.</summary>
    [LibraryImport(Library, EntryPoint = "gtk_selection_data_get_data_with_length")]
    public static partial nint SelectionData(nint selection, out int length);

    [LibraryImport(Library, EntryPoint = "gtk_show_uri_on_window", StringMarshalling = StringMarshalling.Utf8)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool ShowUriOnWindow(nint parent, string uri, uint timestamp, nint error);
}
