// Makes elements. Texts become text nodes, so nothing that a peer says can become markup (invariant 9).

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** An element with attributes and children; an attribute that is false is left out, one that is true is empty. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(attribute, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/** A push button that does something. */
export function button(caption: string, attributes: Attributes, pressed: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, caption);
  made.addEventListener("click", pressed);
  return made;
}

/** Changes a text only when it differs, so that screen readers are not told the same twice. */
export function setText(target: Node, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
