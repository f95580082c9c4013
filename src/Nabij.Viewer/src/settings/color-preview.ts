// Shows the page of colors in the colors that are being chosen. The sheet comes from the server, which picks what is
// readable on them; the list of contrasts is the server's too, and is put away until it has looked at the new colors.

/** The address of the sheet for what the form holds now. */
export function sheetOf(form: HTMLFormElement): string {
  const fields = new FormData(form);
  const text = (name: string): string => {
    const value = fields.get(name);
    return typeof value === "string" ? value : "";
  };
  const query = new URLSearchParams({ color: text("color"), "accent-color": text("accent") === "own" ? text("accent-color") : "" });
  return `/settings/look/preview.css?${query.toString()}`;
}

export function followColors(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("form#look");
  if (form === null) return;
  let sheet: HTMLLinkElement | null = null;
  const show = (): void => {
    const address = sheetOf(form);
    if (sheet?.getAttribute("href") === address) return;
    const next = page.createElement("link");
    next.rel = "stylesheet";
    next.href = address;
    const old = sheet;
    sheet = next;
    // The old colors stay until the new ones are there: nothing flashes.
    const done = (): void => { old?.remove(); };
    next.addEventListener("load", done);
    next.addEventListener("error", done);
    page.head.append(next);
    for (const code of form.querySelectorAll<HTMLElement>("[data-value-of]")) {
      const field = page.getElementById(code.dataset["valueOf"] ?? "");
      if (field instanceof HTMLInputElement) code.textContent = field.value;
    }
    for (const part of page.querySelectorAll<HTMLElement>("[data-of-colors]")) part.hidden = part.dataset["ofColors"] === "kept";
  };
  form.addEventListener("input", show);
}
