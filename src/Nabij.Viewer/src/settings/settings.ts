// The script of the settings: previews while somebody types or chooses. Every page works without it, by its button Preview.

import { followColors } from "./color-preview.ts";
import { followTexts } from "./text-preview.ts";

followTexts(document);
followColors(document);
