using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>The functions of libgtk-3 that concern single widgets. A new widget belongs to the container it is put in.</summary>
[SupportedOSPlatform("linux")]
internal static partial class GtkWidgets
{
    private const string Library = GtkLibraries.Gtk;

    [LibraryImport(Library, EntryPoint = "gtk_widget_show_all")]
    public static partial void ShowAll(nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_widget_show")]
    public static partial void Show(nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_widget_set_visible")]
    public static partial void SetVisible(nint widget, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_widget_set_no_show_all")]
    public static partial void SetNoShowAll(nint widget, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_widget_destroy")]
    public static partial void Destroy(nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_widget_realize")]
    public static partial void Realize(nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_widget_get_window")]
    public static partial nint GetWindow(nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_widget_get_scale_factor")]
    public static partial int GetScaleFactor(nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_widget_set_sensitive")]
    public static partial void SetSensitive(nint widget, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_widget_set_can_default")]
    public static partial void SetCanDefault(nint widget, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_widget_set_can_focus")]
    public static partial void SetCanFocus(nint widget, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_widget_grab_focus")]
    public static partial void GrabFocus(nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_widget_set_size_request")]
    public static partial void SetSizeRequest(nint widget, int width, int height);

    [LibraryImport(Library, EntryPoint = "gtk_widget_set_halign")]
    public static partial void SetHorizontalAlign(nint widget, int align);

    [LibraryImport(Library, EntryPoint = "gtk_widget_set_valign")]
    public static partial void SetVerticalAlign(nint widget, int align);

    [LibraryImport(Library, EntryPoint = "gtk_widget_set_app_paintable")]
    public static partial void SetAppPaintable(nint widget, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_widget_set_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetName(nint widget, string name);

    [LibraryImport(Library, EntryPoint = "gtk_widget_shape_combine_region")]
    public static partial void ShapeCombineRegion(nint widget, nint region);

    [LibraryImport(Library, EntryPoint = "gtk_widget_input_shape_combine_region")]
    public static partial void InputShapeCombineRegion(nint widget, nint region);

    [LibraryImport(Library, EntryPoint = "gtk_widget_get_preferred_width")]
    public static partial void GetPreferredWidth(nint widget, out int minimum, out int natural);

    [LibraryImport(Library, EntryPoint = "gtk_widget_get_preferred_height_for_width")]
    public static partial void GetPreferredHeightForWidth(nint widget, int width, out int minimum, out int natural);

    [LibraryImport(Library, EntryPoint = "gtk_widget_get_pango_context")]
    public static partial nint GetPangoContext(nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_widget_get_allocated_width")]
    public static partial int GetAllocatedWidth(nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_widget_get_allocated_height")]
    public static partial int GetAllocatedHeight(nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_widget_translate_coordinates")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool TranslateCoordinates(nint source, nint target, int x, int y, out int targetX, out int targetY);

    [LibraryImport(Library, EntryPoint = "gtk_widget_get_accessible")]
    public static partial nint GetAccessible(nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_widget_get_style_context")]
    public static partial nint GetStyleContext(nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_style_context_add_class", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void AddClass(nint context, string name);

    [LibraryImport(Library, EntryPoint = "gtk_style_context_remove_class", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void RemoveClass(nint context, string name);

    [LibraryImport(Library, EntryPoint = "gtk_style_context_add_provider_for_screen")]
    public static partial void AddProviderForScreen(nint screen, nint provider, uint priority);

    [LibraryImport(Library, EntryPoint = "gtk_css_provider_new")]
    public static partial nint CssProviderNew();

    [LibraryImport(Library, EntryPoint = "gtk_css_provider_load_from_data", StringMarshalling = StringMarshalling.Utf8)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool CssProviderLoad(nint provider, string css, nint length, nint error);

    [LibraryImport(Library, EntryPoint = "gtk_label_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint LabelNew(string text);

    [LibraryImport(Library, EntryPoint = "gtk_label_set_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void LabelSetText(nint label, string text);

    [LibraryImport(Library, EntryPoint = "gtk_label_set_markup", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void LabelSetMarkup(nint label, string markup);

    [LibraryImport(Library, EntryPoint = "gtk_label_set_line_wrap")]
    public static partial void LabelSetLineWrap(nint label, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_label_set_line_wrap_mode")]
    public static partial void LabelSetLineWrapMode(nint label, int mode);

    [LibraryImport(Library, EntryPoint = "gtk_label_set_max_width_chars")]
    public static partial void LabelSetMaxWidthChars(nint label, int characters);

    [LibraryImport(Library, EntryPoint = "gtk_label_set_xalign")]
    public static partial void LabelSetXAlign(nint label, float align);

    [LibraryImport(Library, EntryPoint = "gtk_label_set_justify")]
    public static partial void LabelSetJustify(nint label, int justify);

    [LibraryImport(Library, EntryPoint = "gtk_label_set_mnemonic_widget")]
    public static partial void LabelSetMnemonicWidget(nint label, nint widget);

    [LibraryImport(Library, EntryPoint = "gtk_button_new")]
    public static partial nint ButtonNew();

    [LibraryImport(Library, EntryPoint = "gtk_check_button_new")]
    public static partial nint CheckButtonNew();

    [LibraryImport(Library, EntryPoint = "gtk_radio_button_new_from_widget")]
    public static partial nint RadioButtonNewFromWidget(nint group);

    [LibraryImport(Library, EntryPoint = "gtk_toggle_button_set_active")]
    public static partial void ToggleButtonSetActive(nint button, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_toggle_button_get_active")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool ToggleButtonGetActive(nint button);

    [LibraryImport(Library, EntryPoint = "gtk_link_button_new_with_label", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint LinkButtonNew(string uri, string label);

    [LibraryImport(Library, EntryPoint = "gtk_entry_new")]
    public static partial nint EntryNew();

    [LibraryImport(Library, EntryPoint = "gtk_entry_set_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void EntrySetText(nint entry, string text);

    [LibraryImport(Library, EntryPoint = "gtk_entry_get_text")]
    public static partial nint EntryGetText(nint entry);

    [LibraryImport(Library, EntryPoint = "gtk_entry_set_max_length")]
    public static partial void EntrySetMaxLength(nint entry, int characters);

    [LibraryImport(Library, EntryPoint = "gtk_entry_set_activates_default")]
    public static partial void EntrySetActivatesDefault(nint entry, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_progress_bar_new")]
    public static partial nint ProgressBarNew();

    [LibraryImport(Library, EntryPoint = "gtk_progress_bar_set_fraction")]
    public static partial void ProgressBarSetFraction(nint bar, double share);

    [LibraryImport(Library, EntryPoint = "gtk_progress_bar_pulse")]
    public static partial void ProgressBarPulse(nint bar);

    [LibraryImport(Library, EntryPoint = "gtk_text_view_new")]
    public static partial nint TextViewNew();

    [LibraryImport(Library, EntryPoint = "gtk_text_view_get_buffer")]
    public static partial nint TextViewGetBuffer(nint view);

    [LibraryImport(Library, EntryPoint = "gtk_text_view_set_editable")]
    public static partial void TextViewSetEditable(nint view, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_text_view_set_cursor_visible")]
    public static partial void TextViewSetCursorVisible(nint view, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_text_view_set_wrap_mode")]
    public static partial void TextViewSetWrapMode(nint view, int mode);

    [LibraryImport(Library, EntryPoint = "gtk_text_view_set_accepts_tab")]
    public static partial void TextViewSetAcceptsTab(nint view, [MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "gtk_text_view_set_left_margin")]
    public static partial void TextViewSetLeftMargin(nint view, int pixels);

    [LibraryImport(Library, EntryPoint = "gtk_text_view_set_right_margin")]
    public static partial void TextViewSetRightMargin(nint view, int pixels);

    [LibraryImport(Library, EntryPoint = "gtk_text_view_set_top_margin")]
    public static partial void TextViewSetTopMargin(nint view, int pixels);

    [LibraryImport(Library, EntryPoint = "gtk_text_view_set_bottom_margin")]
    public static partial void TextViewSetBottomMargin(nint view, int pixels);

    [LibraryImport(Library, EntryPoint = "gtk_text_buffer_set_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void TextBufferSetText(nint buffer, string text, int length);

    [LibraryImport(Library, EntryPoint = "gtk_text_buffer_get_end_iter")]
    public static unsafe partial void TextBufferGetEnd(nint buffer, byte* iterator);

    [LibraryImport(Library, EntryPoint = "gtk_text_buffer_get_start_iter")]
    public static unsafe partial void TextBufferGetStart(nint buffer, byte* iterator);

    [LibraryImport(Library, EntryPoint = "gtk_text_buffer_get_insert")]
    public static partial nint TextBufferGetInsert(nint buffer);

    [LibraryImport(Library, EntryPoint = "gtk_text_view_scroll_to_mark")]
    public static partial void TextViewScrollToMark(
        nint view, nint mark, double margin, [MarshalAs(UnmanagedType.Bool)] bool useAlign, double x, double y);

    [LibraryImport(Library, EntryPoint = "gtk_text_buffer_place_cursor")]
    public static unsafe partial void TextBufferPlaceCursor(nint buffer, byte* iterator);

    [LibraryImport(Library, EntryPoint = "gtk_text_buffer_insert_markup", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial void TextBufferInsertMarkup(nint buffer, byte* iterator, string markup, int length);

    [LibraryImport(Library, EntryPoint = "gtk_menu_new")]
    public static partial nint MenuNew();

    [LibraryImport(Library, EntryPoint = "gtk_menu_item_new_with_label", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint MenuItemNew(string label);

    [LibraryImport(Library, EntryPoint = "gtk_menu_shell_append")]
    public static partial void MenuAppend(nint menu, nint item);

    [LibraryImport(Library, EntryPoint = "gtk_menu_popup_at_widget")]
    public static partial void MenuPopupAtWidget(nint menu, nint widget, int widgetAnchor, int menuAnchor, nint trigger);

    [LibraryImport(Library, EntryPoint = "gtk_menu_attach_to_widget")]
    public static partial void MenuAttachToWidget(nint menu, nint widget, nint detacher);
}
