#!/usr/bin/python3
"""Drives the customer's real program by its accessible names, as a screen reader would see it.

Run inside a session bus of its own, with DISPLAY set:

    dbus-run-session -- /usr/bin/python3 drive.py PROGRAM [ARGUMENTS...]

It starts the program, then reads one command per line (JSON) from standard input and answers each with one
line of JSON: {"ok": true, ...} or {"ok": false, "error": "..."}. Commands:

    {"do": "wait", "name": "..."}          until something with that name shows (a * at the end: that begins so)
    {"do": "gone", "name": "..."}          until nothing with that name shows
    {"do": "press", "name": "..."}         a button, menu item, tick or radio, once it is enabled
    {"do": "type", "name": "...", "text"}  into the entry of that name
    {"do": "read", "name": "..."}          the text, states and description of what has that name
    {"do": "code"}                         the nine digits on the screen
    {"do": "dump"}                         everything that shows: role, name, states
    {"do": "exit"}                         how the program ended; waits for it

Each may carry "seconds" (default 10). At the end of the input the program is ended, if it still runs.
"""
import json
import re
import subprocess
import sys
import time

import pyatspi

APPLICATION = "nabij"
PRESSABLE = {"push button", "check box", "radio button", "menu item", "toggle button", "link", "menu"}
STEP = 0.02


class Failure(Exception):
    pass


def application(process):
    for app in pyatspi.Registry.getDesktop(0):
        try:
            if app is not None and app.name.lower() == APPLICATION and app.get_process_id() == process.pid:
                return app
        except Exception:  # an application that is just going away
            continue
    return None


def everything(node, depth=0):
    if node is None or depth > 40:
        return
    yield node
    try:
        children = [node.getChildAtIndex(i) for i in range(node.childCount)]
    except Exception:
        return
    for child in children:
        yield from everything(child, depth + 1)


def shows(node):
    states = node.getState()
    return states.contains(pyatspi.STATE_SHOWING) and states.contains(pyatspi.STATE_VISIBLE)


def fits(name, wanted):
    return name.startswith(wanted[:-1]) if wanted.endswith("*") else name == wanted


def find(process, wanted, roles=None):
    app = application(process)
    for node in everything(app) if app is not None else ():
        try:
            if not fits(node.name or "", wanted) or (roles is not None and node.getRoleName() not in roles):
                continue
            # A control may be scrolled out of sight, and a menu's items show only while it is open: by its name
            # each can be used all the same, as by a screen reader.
            if shows(node) if roles is None else node.getState().contains(pyatspi.STATE_VISIBLE) or node.getRoleName() == "menu item":
                return node
        except Exception:
            continue
    return None


def find_control(process, wanted):
    """What has that name: rather the control itself than the label that names it."""
    app = application(process)
    label = None
    for node in everything(app) if app is not None else ():
        try:
            if fits(node.name or "", wanted) and shows(node):
                if node.getRoleName() != "label":
                    return node
                label = label or node
        except Exception:
            continue
    return label


def until(seconds, what, attempt):
    end = time.monotonic() + seconds
    while True:
        found = attempt()
        if found is not None:
            return found
        if time.monotonic() > end:
            raise Failure("not within %g s: %s" % (seconds, what))
        time.sleep(STEP)


def text_of(node):
    try:
        return node.queryText().getText(0, -1)
    except NotImplementedError:
        return ""


def describe(node):
    states = [pyatspi.stateToString(state) for state in node.getState().getStates()]
    return {"role": node.getRoleName(), "name": node.name, "text": text_of(node),
            "description": node.description, "states": states}


def press(process, wanted, seconds):
    def ready():
        node = find(process, wanted, PRESSABLE)
        if node is None:
            return None
        return node if node.getState().contains(pyatspi.STATE_SENSITIVE) else None

    node = until(seconds, "press " + wanted, ready)
    node.queryAction().doAction(0)
    return {}


def type_text(process, wanted, text, seconds):
    node = until(seconds, "type into " + wanted, lambda: find(process, wanted, {"text", "entry"}))
    node.queryEditableText().setTextContents(text)
    return {}


def read_code(process, seconds):
    def digits():
        app = application(process)
        for node in everything(app) if app is not None else ():
            try:
                text = text_of(node)
                if shows(node) and re.fullmatch(r"\d{3} \d{3} \d{3}", text):
                    return text.replace(" ", "")
            except Exception:
                continue
        return None

    return {"code": until(seconds, "a code", digits)}


def dump(process):
    app = application(process)
    lines = []
    for node in everything(app) if app is not None else ():
        try:
            lines.append(describe(node))
        except Exception:
            continue
    return {"nodes": lines}


def end(process, seconds):
    try:
        return {"code": process.wait(seconds)}
    except subprocess.TimeoutExpired:
        raise Failure("the program still runs") from None


def answer(process, command):
    seconds, name = command.get("seconds", 10), command.get("name", "")
    action = command["do"]
    if action == "wait":
        return describe(until(seconds, "wait for " + name, lambda: find(process, name)))
    if action == "gone":
        return {"gone": until(seconds, "gone: " + name, lambda: True if find(process, name) is None else None)}
    if action == "press":
        return press(process, name, seconds)
    if action == "type":
        return type_text(process, name, command["text"], seconds)
    if action == "read":
        return describe(until(seconds, "read " + name, lambda: find_control(process, name)))
    if action == "code":
        return read_code(process, seconds)
    if action == "dump":
        return dump(process)
    if action == "exit":
        return end(process, seconds)
    raise Failure("unknown command " + action)


def main():
    process = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=sys.stderr)
    try:
        for line in sys.stdin:
            if not line.strip():
                continue
            try:
                result = {"ok": True, **answer(process, json.loads(line))}
            except Failure as failure:
                result = {"ok": False, "error": str(failure)}
            except Exception as failure:  # the node went away in between, or the bus did
                result = {"ok": False, "error": "%s: %s" % (type(failure).__name__, failure)}
            print(json.dumps(result), flush=True)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


if __name__ == "__main__":
    main()
