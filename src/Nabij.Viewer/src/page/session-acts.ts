// What the keys of a session do (shortcuts.ts names them).

import { nextChoice } from "../screen/displays.ts";
import { actualSize } from "../screen/placement.ts";
import type { SessionPanel } from "./session-panel.ts";
import type { SessionShortcut } from "./shortcuts.ts";
import type { Stage } from "./stage.ts";

export interface ActsOn {
  readonly stage: Stage;
  readonly panel: SessionPanel;
  readonly panes: Readonly<Record<"chat" | "files" | "notes", { toggle: () => void }>>;
  readonly keepPicture: () => void;
  readonly toggleFigures: () => void;
  readonly toggleFullScreen: () => void;
}

export function act(shortcut: SessionShortcut, on: ActsOn): void {
  const { stage, panel } = on;
  const { view } = stage;
  switch (shortcut) {
    case "panel":
      panel.open();
      break;
    case "control":
      panel.people.takeControl();
      break;
    case "larger":
    case "smaller":
      stage.zoom(shortcut === "larger" ? 1 : -1);
      break;
    case "fit":
      stage.scale(view?.scaling === "fit" ? actualSize : "fit");
      break;
    case "full-screen":
      on.toggleFullScreen();
      break;
    case "next-display":
    case "previous-display":
      if (view !== null) stage.choose(nextChoice(view.display, view.displays, shortcut === "next-display" ? 1 : -1));
      break;
    case "figures":
      on.toggleFigures();
      break;
    case "draw":
      panel.drawing.toggle();
      break;
    case "chat":
    case "files":
    case "notes":
      on.panes[shortcut].toggle();
      break;
    case "picture":
      on.keepPicture();
      break;
  }
}
