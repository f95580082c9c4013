// The script of the pages for people's accounts: small things that make them easier. Every page works without it, but for
// passkeys, which browsers offer to scripts only.

import { throwAwayOpenedKeys } from "../pictures/opened-keys.ts";
import { takeSecret } from "./link.ts";
import { offerPasskeys } from "./passkeys.ts";

takeSecret(window);
window.addEventListener("hashchange", () => { takeSecret(window); });
offerPasskeys(window);
// Nobody is signed in where the page for it stands: what was opened with a passphrase is not for whoever comes next.
if (location.pathname === "/sign-in") throwAwayOpenedKeys();
