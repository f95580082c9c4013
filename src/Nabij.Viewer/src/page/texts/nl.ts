// Nederlandse teksten van de helpdesk en de viewer.

import { dutchDesk } from "./nl-desk.ts";
import { dutchSession } from "./nl-session.ts";
import type { Texts } from "./texts.ts";

export const dutch: Texts = { ...dutchDesk, ...dutchSession };
