// English texts of the desk and the viewer. Every other language has exactly these keys; `{name}` is filled in.

import { englishDesk } from "./en-desk.ts";
import { englishSession } from "./en-session.ts";

export const english = { ...englishDesk, ...englishSession } as const;
