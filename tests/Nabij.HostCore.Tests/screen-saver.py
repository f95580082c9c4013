#!/usr/bin/python3
"""A desktop's screen-saver service for one test: prints each call to it, and runs the program of its arguments beside it."""
import subprocess
import sys
import threading

from gi.repository import Gio, GLib

INTERFACE = """<node><interface name="org.freedesktop.ScreenSaver">
  <method name="Inhibit"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="u" direction="out"/></method>
  <method name="UnInhibit"><arg type="u" direction="in"/></method>
</interface></node>"""

loop = GLib.MainLoop()


def called(_connection, _sender, _path, _interface, method, parameters, invocation):
    print(method, *parameters.unpack(), flush=True)
    invocation.return_value(GLib.Variant("(u)", (4711,)) if method == "Inhibit" else None)


def run():
    subprocess.run(sys.argv[1:], stdout=sys.stderr)
    GLib.idle_add(loop.quit)


def owned(connection, _name):
    connection.register_object("/org/freedesktop/ScreenSaver", Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], called, None, None)
    threading.Thread(target=run).start()


Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.ScreenSaver", Gio.BusNameOwnerFlags.NONE, owned, None, None)
loop.run()
