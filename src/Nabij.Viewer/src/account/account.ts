// The script of the pages for people's accounts: small things that make them easier. Every page works without it, but for
// passkeys, which browsers offer to scripts only.

import { takeSecret } from "./link.ts";
import { offerPasskeys } from "./passkeys.ts";

takeSecret(window);
window.addEventListener("hashchange", () => { takeSecret(window); });
offerPasskeys(window);
