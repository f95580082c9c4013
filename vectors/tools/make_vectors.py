"""Makes vectors/*.json from the reference implementation; `--check` compares instead of writing.

Nothing here is random: every key, scalar and nonce is a hash of its name, so each run makes the same bytes.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import coverage  # noqa: E402
import published  # noqa: E402
import cases_channels  # noqa: E402
import cases_chat  # noqa: E402
import cases_clipboard  # noqa: E402
import cases_drawing  # noqa: E402
import cases_facts  # noqa: E402
import cases_files  # noqa: E402
import cases_primitives  # noqa: E402
import cases_handshake  # noqa: E402
import cases_log  # noqa: E402
import cases_organization  # noqa: E402
import cases_people  # noqa: E402
import cases_pictures  # noqa: E402
import cases_px  # noqa: E402
import cases_records  # noqa: E402
import cases_rendezvous  # noqa: E402
import cases_resume  # noqa: E402
import cases_signatures  # noqa: E402

FOLDER = Path(__file__).parent.parent
MODULES = (cases_primitives, cases_signatures, cases_handshake, cases_records, cases_resume, cases_organization, cases_log,
           cases_channels, cases_chat, cases_clipboard, cases_drawing, cases_facts, cases_files, cases_people, cases_pictures,
           cases_px, cases_rendezvous)


def plain(value):
    """Bytes become hex everywhere."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    return value


def render(document):
    names = [case["name"] for case in document["cases"]]
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise SystemExit(f"{document['about']}: names used twice: {sorted(repeated)}")
    return json.dumps(plain(document), indent=1, ensure_ascii=False) + "\n"


def main():
    published.check()
    documents = {}
    for module in MODULES:
        documents |= module.documents()
    coverage.check(documents)
    if "--check" in sys.argv:
        checked_in = {path.name for path in FOLDER.glob("*.json")}
        wrong = sorted(checked_in ^ set(documents))
        wrong += [name for name in sorted(checked_in & set(documents))
                  if (FOLDER / name).read_text(encoding="utf-8") != render(documents[name])]
        if wrong:
            raise SystemExit("these vectors are not what vectors/tools makes: " + ", ".join(wrong))
    else:
        for name, document in documents.items():
            (FOLDER / name).write_text(render(document), encoding="utf-8")
    for name in sorted(documents):
        cases = documents[name]["cases"]
        refused = sum("error" in case or any("error" in s for s in case.get("steps", [])) for case in cases)
        print(f"{name}: {len(cases)} cases, {refused} refused")
    print(f"{sum(len(d['cases']) for d in documents.values())} cases")


if __name__ == "__main__":
    main()
