// Shows a text as customers will see it while it is typed: beside each field that has a place for it (LivePreview.razor).
// Elements are made one by one and words become text nodes, so nothing that is typed can become markup.

import { element } from "../page/element.ts";
import { parseBlocks } from "./plain-markdown.ts";
import type { Block } from "./plain-markdown.ts";

/** The text's first headings stand under the page's own. */
const FIRST_LEVEL = 3;

/** Typing is not held up by a long text: one picture is made after the last key of a burst. */
const REST_MS = 150;

const runsOf = (block: Block): (Node | string)[] => block.runs.map((run) => (run.strong ? element("strong", {}, run.text) : run.text));

const headingOf = (block: Block): HTMLElement =>
  element(block.level === 1 ? `h${FIRST_LEVEL}` : `h${FIRST_LEVEL + 1}`, {}, ...runsOf(block));

/** The elements of a text; items that follow each other are one list. */
export function elementsOf(blocks: readonly Block[]): HTMLElement[] {
  const made: HTMLElement[] = [];
  for (const block of blocks) {
    const last = made.at(-1);
    if (block.kind === "heading") made.push(headingOf(block));
    else if (block.kind === "paragraph") made.push(element("p", {}, ...runsOf(block)));
    else if (last instanceof HTMLUListElement) last.append(element("li", {}, ...runsOf(block)));
    else made.push(element("ul", {}, element("li", {}, ...runsOf(block))));
  }
  return made;
}

/** Follows every field of the page that has a place for its preview. */
export function followTexts(page: Document): void {
  for (const place of page.querySelectorAll<HTMLElement>("[data-preview-of]")) {
    const field = page.getElementById(place.dataset["previewOf"] ?? "");
    const target = place.querySelector(".previewed");
    if (!(field instanceof HTMLTextAreaElement) || target === null) continue;
    let shown: string | null = null;
    let rest: number | undefined;
    const show = (): void => {
      rest = undefined;
      if (field.value === shown) return;
      shown = field.value;
      target.replaceChildren(...elementsOf(parseBlocks(shown)));
      place.hidden = target.childElementCount === 0;
    };
    field.addEventListener("input", () => {
      rest ??= window.setTimeout(show, REST_MS);
    });
    show();
  }
}
