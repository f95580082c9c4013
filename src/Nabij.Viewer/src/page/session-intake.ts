// What the worker tells of a session that no decision hangs on: each message goes to the part of the page that shows it. What
// changes where the session stands is the page's own (session-page.ts).

import type { WorkerToPage } from "../session/worker-messages.ts";
import type { ChatPane } from "./chat-pane.ts";
import type { Figures } from "./figures.ts";
import type { FilesPane } from "./files-pane.ts";
import type { PictureKeeper } from "./picture-keeper.ts";
import type { SessionPanel } from "./session-panel.ts";
import type { Stage } from "./stage.ts";
import type { Say } from "./texts/texts.ts";

export interface SessionParts {
  readonly stage: Stage;
  readonly figures: Figures;
  readonly panel: SessionPanel;
  readonly chat: ChatPane;
  readonly files: FilesPane;
  readonly pictures: PictureKeeper;
}

/** False: not one of these. */
export function pass(message: WorkerToPage, say: Say, { stage, figures, panel, chat, files, pictures }: SessionParts): boolean {
  switch (message.type) {
    case "update":
      stage.update(message);
      break;
    case "input-sent":
      figures.inputSent(message.milliseconds);
      break;
    case "cursor-shape":
      stage.pointerShape(message);
      break;
    case "cursor-position":
      stage.pointerPosition(message);
      break;
    case "cursor-hidden":
      stage.hidePointer();
      break;
    case "facts":
      panel.facts.given(message.facts);
      break;
    case "facts-gone":
      panel.facts.gone();
      break;
    case "picture-told":
      pictures.told(message.picture, message.isTold);
      break;
    case "line":
      chat.hear(message.number, message.text, message.person === null ? null : (panel.people.nameOf(message.person) ?? say("people.somebody")));
      break;
    case "people":
      panel.people.told(message.people);
      break;
    case "invitation":
      panel.people.invited(message.invitation);
      break;
    case "lines-marked":
      chat.marked(message.delivered, message.seen);
      break;
    case "text-placed":
      panel.clipboard.placed(message.outcome);
      break;
    case "files-ready":
    case "transfers":
    case "file-arrived":
    case "file-saved":
    case "request-answered":
      files.take(message);
      break;
    default:
      return false;
  }
  return true;
}
