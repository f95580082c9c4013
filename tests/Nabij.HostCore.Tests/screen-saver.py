#!/usr/bin/python3
"""A desktop's screen-saver service for one test: prints each call to it, and runs the program of its arguments beside it.
With NABIJ_LOCKS it tells after the first call that nothing is locked, a few times, and then that the screen is, until the next call."""
import os
import subprocess
import sys
import threading

from gi.repository import Gio, GLib

INTERFACE = """<node><interface name="org.freedesktop.ScreenSaver">
  <method name="Inhibit"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="u" direction="out"/></method>
  <method name="UnInhibit"><arg type="u" direction="in"/></method>
  <signal name="ActiveChanged"><arg type="b"/></signal>
</interface></node>"""

OPEN_ROUNDS, ROUND_MILLISECONDS = 5, 100

loop = GLib.MainLoop()
calls = []
rounds = 0


def tell_lock(connection):
    global rounds
    rounds += 1
    if rounds == OPEN_ROUNDS + 1:
        print("Locked", flush=True)
    state = GLib.Variant("(b)", (rounds > OPEN_ROUNDS,))
    connection.emit_signal(None, "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", state)
    return len(calls) == 1


def called(connection, _sender, _path, _interface, method, parameters, invocation):
    calls.append(method)
    print(method, *parameters.unpack(), flush=True)
    if len(calls) == 1 and "NABIJ_LOCKS" in os.environ:
        GLib.timeout_add(ROUND_MILLISECONDS, tell_lock, connection)
    invocation.return_value(GLib.Variant("(u)", (4711,)) if method == "Inhibit" else None)


def run():
    subprocess.run(sys.argv[1:], stdout=sys.stderr)
    GLib.idle_add(loop.quit)


def owned(connection, _name):
    connection.register_object("/org/freedesktop/ScreenSaver", Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], called, None, None)
    threading.Thread(target=run).start()


Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.ScreenSaver", Gio.BusNameOwnerFlags.NONE, owned, None, None)
loop.run()
