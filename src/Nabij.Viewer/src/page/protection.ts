// What the browser viewer protects against, and what not (security.md section 4): said where a technician looks for it.

import { element } from "./element.ts";
import type { Say } from "./texts/texts.ts";

export function protection(say: Say): HTMLDetailsElement {
  return element(
    "details",
    { class: "protection" },
    element("summary", {}, say("protection.short")),
    element("p", {}, say("protection.text")),
    element("p", {}, say("protection.limit")),
  );
}
