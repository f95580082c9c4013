"""Compares the vectors with the tables of docs/protocol: every message and every error has its cases."""

import re
from pathlib import Path

import px
from wire import Refused

DOCS = Path(__file__).parent.parent.parent / "docs" / "protocol"

MESSAGE_FILES = {"01-rendezvous.md": ["rendezvous.json"], "04-channels.md": ["control.json"], "05-screen.md": ["screen.json"],
                 "06-input.md": ["input.json"], "07-chat-and-clipboard.md": ["chat.json", "clipboard.json"],
                 "08-files.md": ["files.json"], "11-drawing.md": ["drawing.json"], "12-system-information.md": ["facts.json"],
                 "13-participants.md": ["people.json"]}


def tables(chapter):
    """Header cells and rows of each Markdown table."""
    found, current = [], None
    for line in (DOCS / chapter).read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            current = None
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if current is None:
            current = (cells, [])
            found.append(current)
        elif not set(line) <= set("|- "):
            current[1].append(cells)
    return found


def message_names(chapter):
    names = set()
    for header, rows in tables(chapter):
        if header[:3] == ["type", "name", "sender"]:
            names |= {row[1] for row in rows}
        if header[:3] == ["message", "`type`", "sender"]:
            names |= {row[0] for row in rows}
    return names


def error_names():
    """Names of the wire, handshake, record and resume errors of chapter 09."""
    text = (DOCS / "09-errors.md").read_text(encoding="utf-8")
    names = {row[0] for header, rows in tables("09-errors.md") if header[0] == "name" for row in rows}
    resume = re.search(r"## Resume errors\n(.*?)\n\n", text, re.S)[1].split("Peer hears")[0]
    return names | set(re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b", resume)) | {"RecordRefused"}


def errors_of(case):
    return {part["error"] for part in [case, *case.get("steps", [])] if "error" in part}


def check(documents):
    problems = []
    used = {error for document in documents.values() for case in document["cases"] for error in errors_of(case)}
    known = error_names()
    problems += [f"error {name} is not in chapter 09" for name in sorted(used - known)]
    problems += [f"error {name} of chapter 09 has no vector" for name in sorted(known - used)]
    for chapter, files in MESSAGE_FILES.items():
        cases = [case for file in files for case in documents[file]["cases"] if case["kind"] == "message"]
        good = {part["message"] for case in cases if "fields" in case
                for part in [case, *case["fields"].get("messages", [])]}
        names = message_names(chapter)
        problems += [f"{chapter}: no table of messages"] if not names else []
        problems += [f"{chapter}: {name} has no good vector" for name in sorted(names - good)]
        problems += [f"{files}: {case['message']} is not in {chapter}" for case in cases if case["message"] not in names | {"BATCH"}]
    problems += px_problems(documents["px.json"])
    if problems:
        raise SystemExit("\n".join(problems))


def px_problems(document):
    """Reads every case of codec 2 anew: each mode, step and error of the chapter must occur."""
    modes, steps, vectors = set(), set(), set()
    for case in document["cases"]:
        state = px.State(case["width"], case["height"])
        for step in case["steps"]:
            try:
                piece = px.read(state, step["piece"])
            except Refused as refused:
                if refused.name != step.get("error"):
                    return [f"px.json: {case['name']} is refused as {refused.name}"]
                continue
            modes |= {mode for row in piece.modes for mode in row}
            steps.add(piece.step)
            vectors.add(len(piece.vectors))
            if step["last"]:
                state.end_update()
    problems = [f"px.json: no {what} {number}" for what, found, all_of_them in
                (("mode", modes, range(16)), ("step", steps, range(1, 64)), ("count of vectors", vectors, range(5)))
                for number in all_of_them if number not in found]
    errors = {error for case in document["cases"] for error in errors_of(case)}
    problems += [f"px.json: no {error}" for error in sorted({"InvalidValue", "Truncated", "TrailingBytes"} ^ errors)]
    return problems
