// One session as the technician has it before them: worker, stage, panel, notice. Made for each session and thrown away
// with it. Only the one in front is in the document: so the fixed ids of architecture.md section 8 name its parts, and keys,
// mouse and dropped files are nobody else's. The others go on, and paint seldom.

import type { InputMessage } from "../protocol/input.ts";
import type { EndByTechnician, JoinRequest, WorkerToPage } from "../session/worker-messages.ts";
import type { EndReason } from "../session/states.ts";
import { permissions } from "../protocol/permissions.ts";
import { ChatPane } from "./chat-pane.ts";
import { Departure } from "./departure.ts";
import { DropTarget } from "./drop-target.ts";
import { element } from "./element.ts";
import { FilesPane } from "./files-pane.ts";
import { FullScreen } from "./full-screen.ts";
import { Figures } from "./figures.ts";
import type { Glance } from "./glance.ts";
import { act } from "./session-acts.ts";
import { pass } from "./session-intake.ts";
import { SessionNotice } from "./session-notice.ts";
import { isLookTaken, newSession, type SessionModel } from "./session-model.ts";
import type { SessionPageEvents } from "./session-page-events.ts";
import { SessionPanel } from "./session-panel.ts";
import { SessionWorker } from "./session-worker.ts";
import { NotesPane, type NotesDesk } from "./notes-pane.ts";
import { Obstacle } from "./obstacle.ts";
import { PictureKeeper } from "./picture-keeper.ts";
import { isOfDesk, type Shortcut } from "./shortcuts.ts";
import { Stage } from "./stage.ts";
import { TextPane } from "./text-pane.ts";
import type { Say } from "./texts/texts.ts";
import { Toast } from "./toast.ts";

/** After a no the customer is left in peace so long. */
const askAgainMilliseconds = 10_000;
/** A little longer than the customer's own hand wins. */
const gaveWayMilliseconds = 2_500;
const tickMilliseconds = 1_000;
/** How long the worker may take to tell the host that the technician has ended the session. */
const farewellMilliseconds = 2_000;

export class SessionPage {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #events: SessionPageEvents;
  readonly #worker: SessionWorker;
  readonly #stage: Stage;
  readonly #panel: SessionPanel;
  readonly #notice: SessionNotice;
  readonly #chat: ChatPane;
  readonly #files: FilesPane;
  readonly #departure: Departure;
  readonly #text: TextPane;
  readonly #fullScreen: FullScreen;
  readonly #toast = new Toast();
  readonly #notes: NotesPane;
  readonly #pictures: PictureKeeper;
  readonly #figures: Figures;
  readonly #obstacle: Obstacle;
  #unread = 0;
  #isFront = false;
  readonly #over = new AbortController();
  #model: SessionModel = newSession;
  #serverSession = "";

  constructor(say: Say, events: SessionPageEvents, notes: NotesDesk) {
    this.#say = say;
    this.#events = events;
    this.#worker = new SessionWorker({ message: (message) => this.#receive(message), failed: () => this.#end("viewer-failed") });
    this.#stage = new Stage(say, {
      input: (messages) => this.#sendInput(messages),
      draw: (messages) => this.#worker.send({ type: "draw", messages }),
      toolEnded: () => this.#panel.drawing.use(null),
      painted: (message) => {
        this.#worker.send(message);
        this.#panel.noteDelay(message);
      },
      spent: (pixels) => this.#worker.spent(pixels),
      shortcut: (shortcut) => this.#obey(shortcut),
      viewed: (view) => {
        this.#panel.view.show(view);
        this.#figures.place(view);
      },
    }, this.#over.signal);
    this.#figures = new Figures(say, this.#stage, {
      inspect: (on) => this.#worker.send({ type: "inspect", on }),
      summarize: (summary) => this.#panel.view.summarize(summary),
    });
    this.#panel = this.#makePanel();
    this.#fullScreen = new FullScreen({
      entered: (wayOut) => {
        this.#panel.view.showFullScreen(true);
        this.#toast.tell(say(wayOut === "hold" ? "fullscreen.hold" : "fullscreen.press"), undefined, "way out");
      },
      left: () => {
        this.#panel.view.showFullScreen(false);
        // It would lead nowhere now.
        this.#toast.forget("way out");
      },
      refused: () => this.#toast.tell(this.#say("fullscreen.refused")),
    }, this.#over.signal);
    this.#fullScreen.isShown = false;
    this.#notice = new SessionNotice(say, {
      end: () => this.#askToEnd(),
      numbersDiffer: () => this.end("numbers-differ"),
      askLook: () => this.#ask(1),
      back: () => events.closed(),
      files: () => this.#files.open(),
      notes: () => this.#notes.open(),
    });
    this.#chat = this.#makeChat();
    this.#text = new TextPane(say, () => this.#stage.focus());
    this.#files = this.#makeFiles();
    this.#pictures = new PictureKeeper(say, notes.pictures, {
      picture: () => (this.#mayKeep ? this.#stage.picture() : null),
      tellCustomer: (picture) => this.#worker.send({ type: "tell-picture", picture }),
      tell: (text) => this.#toast.tell(text),
      toPicture: () => this.#stage.focus(),
    }, this.#over.signal);
    this.#notes = new NotesPane(say, notes, this.#pictures.root, { toPicture: () => this.#stage.focus(), opened: () => this.#makeRoom(this.#notes) });
    this.#obstacle = new Obstacle(say);
    this.#departure = new Departure(say, this.#files, { end: () => this.end("technician-ended"), toPicture: () => this.#stage.focus(), changed: () => this.#filesChanged() });
    const drop = new DropTarget(say("files.dropHere"), { isOpen: () => this.#isFront && this.#files.maySend, dropped: (candidates) => this.#files.pick(candidates) }, this.#over.signal);
    this.root = element(
      "div", { class: "session" },
      this.#stage.root, this.#obstacle.root, this.#toast.root, this.#panel.drawing.note, this.#panel.root, this.#text.root, this.#chat.root, this.#notice.root,
      this.#files.root, this.#notes.root, drop.root, this.#departure.dialog.root, this.#pictures.dialog.root,
    );
    const ticking = setInterval(() => this.#tick(), tickMilliseconds);
    this.#over.signal.addEventListener("abort", () => clearInterval(ticking));
    this.#show();
  }

  /** Whether leaving the page would end something. */
  get isRunning(): boolean {
    return this.#model.state !== "ended";
  }

  /** What a tab shows. */
  get glance(): Glance {
    const { state, customer, establishedAt, filesArrived } = this.#model;
    const isOver = state === "ended";
    return {
      state, customer, isEstablished: establishedAt !== null, isLookTaken: isLookTaken(this.#model),
      unread: this.#unread, files: isOver ? "" : this.#files.mark, filesArrived,
    };
  }

  /** In front: in the document, and where keyboard, mouse and dropped files go. Whoever leaves the front lets go of every key at the customer's. */
  set isFront(isFront: boolean) {
    if (isFront === this.#isFront) return;
    this.#isFront = isFront;
    if (isFront) document.body.append(this.root);
    else {
      this.#departure.dialog.close();
      this.#pictures.dialog.close();
    }
    this.#stage.isShown = isFront;
    this.#chat.isShown = isFront;
    this.#fullScreen.isShown = isFront;
    this.#show();
    if (!isFront) this.root.remove();
    else if (this.#model.state === "active") this.#stage.focus();
    else this.#notice.focus();
  }

  /** Names the customer before anything else is known. */
  begin(customer: string): void {
    this.#change({ customer });
  }

  /** A join to this origin comes soon: opens the line already. */
  prepare(origin: string): void {
    this.#worker.send({ type: "prepare", origin });
  }

  join(request: JoinRequest): void {
    if (this.isRunning) this.#worker.send(request, [request.secret.buffer]);
  }

  /** Ends the session, or gives up connecting. */
  end(reason: EndByTechnician): void {
    if (!this.isRunning) return;
    this.#worker.send({ type: "end", reason });
    this.#end(this.#model.establishedAt === null ? null : reason);
  }

  #askToEnd(): void {
    if (this.#model.establishedAt === null) this.end("technician-ended");
    else this.#departure.ask();
  }

  /** The tab is to be closed: asks whether a session that runs is meant to end, and says what that would cut off. It has to be in front. */
  askToClose(): void {
    if (!this.isRunning || this.#model.establishedAt === null) {
      this.end("technician-ended");
      this.#events.closed();
    } else this.#departure.open(this.#called);
  }

  /** What is shown is the customer's screen as it is, and the customer lets the technician look. */
  get #mayKeep(): boolean {
    return this.#model.state === "active" && (this.#model.granted & permissions.VIEW) !== 0 && !this.#obstacle.isShown;
  }

  get #called(): string {
    return this.#model.customer === "" ? this.#say("bar.customer") : this.#model.customer;
  }

  get hasFilesInFlight(): boolean {
    return this.isRunning && this.#departure.hasFilesInFlight;
  }

  /** Leaving the page was asked for: shows what it would cut off, for the case that the technician stays. */
  showInFlight(): void {
    if (this.#isFront && this.hasFilesInFlight) this.#departure.open();
  }

  /** Saves what is still to be saved: the page may be gone in a moment. */
  saveNotes(): void {
    this.#notes.flush();
  }

  /** The tab is closed. */
  dispose(): void {
    this.isFront = false;
    this.#notes.dispose();
    this.#pictures.dispose();
    this.#files.dispose();
  }

  /** Tells whoever looks at this session of something else. */
  readonly tell = (text: string): void => this.#toast.tell(text);

  /** All panes stand at the same edge. */
  #makeRoom(pane: { hide: () => void }): void {
    for (const other of [this.#chat, this.#files, this.#notes]) if (other !== pane) other.hide();
  }

  #filesChanged(): void {
    if (!this.isRunning) return;
    const { inFlight, outcome } = this.#files.log;
    this.#panel.showFiles(this.#files.isAvailable, this.#files.mark);
    const { filesInFlight, filesArrived } = this.#model;
    if (inFlight.length !== filesInFlight || outcome.arrived !== filesArrived) this.#change({ filesInFlight: inFlight.length, filesArrived: outcome.arrived });
    this.#departure.filesChanged();
  }

  /** Says that leaving would end the session. */
  remind(): void {
    this.#toast.tell(this.#say("toast.leave"));
    this.#panel.open();
  }

  #makeChat(): ChatPane {
    return new ChatPane(this.#say, {
      say: (text) => this.#worker.send({ type: "say", text }),
      shown: (number) => this.#worker.send({ type: "lines-shown", number }),
      ask: (permissions) => this.#ask(permissions),
      toPicture: () => this.#stage.focus(),
      unread: (count) => {
        this.#unread = count;
        this.#panel.showChat(this.#chat.isAvailable, count);
        this.#events.changed(this.glance);
      },
      opened: () => this.#makeRoom(this.#chat),
    }, this.#over.signal);
  }

  #makeFiles(): FilesPane {
    return new FilesPane(this.#say, {
      send: (message) => this.#worker.send(message),
      ask: (permissions) => this.#askAside(permissions),
      toPicture: () => this.#stage.focus(),
      tell: (text) => this.#toast.tell(text),
      changed: () => this.#filesChanged(),
      opened: () => this.#makeRoom(this.#files),
      goOnAfterAll: () => this.#departure.waitForFiles(false),
    });
  }

  #makePanel(): SessionPanel {
    const toPicture = (): void => this.#stage.focus();
    return new SessionPanel(this.#say, Stage.isMac, {
      end: () => this.#askToEnd(),
      ask: (permissions) => this.#ask(permissions),
      scale: (scaling) => this.#stage.scale(scaling),
      zoom: (direction) => this.#stage.zoom(direction),
      choose: (display) => this.#stage.choose(display),
      fullScreen: () => void this.#toggleFullScreen(),
      figures: () => this.#toggleFigures(),
      notes: () => this.#notes.open(),
      picture: () => void this.#pictures.open(),
      waitingRoom: () => this.#events.shortcut("waiting-room"),
      facts: { request: () => this.#worker.send({ type: "request-facts" }), ask: (wanted) => this.#ask(wanted) },
      people: {
        invite: (purpose, name, reason) => this.#worker.send({ type: "invite", purpose, name, reason }),
        withdraw: () => this.#worker.send({ type: "withdraw-invitation" }),
        takeControl: () => this.#worker.send({ type: "take-control" }),
        tell: (text) => this.#toast.tell(text),
      },
      drawing: {
        use: (tool) => this.#stage.draw(tool),
        keep: (isKept) => this.#stage.keepMarks(isKept),
        undo: () => this.#stage.undoMark(),
        clear: () => this.#stage.clearMarks(),
        ask: (wanted) => this.#ask(wanted),
        toPicture,
      },
      chord: (keys) => this.#stage.chord(keys),
      type: (text) => this.#stage.type(text),
      toPicture,
      numbersDiffer: () => this.end("numbers-differ"),
      chat: () => this.#chat.open(),
      files: () => this.#files.open(),
      clipboard: {
        place: (text) => this.#worker.send({ type: "place-text", text }),
        request: () => {
          this.#change({ awaitsText: true });
          this.#worker.send({ type: "request-text" });
        },
      },
    }, this.#over.signal);
  }

  #receive(message: WorkerToPage): void {
    if (message.type === "over") return this.#worker.close();
    // Between the technician's End and the worker's, pictures may still arrive; what was whole is still the technician's.
    if (!this.isRunning) {
      if (message.type === "transfers" || message.type === "file-arrived" || message.type === "file-saved") this.#takeLast(message);
      return;
    }
    switch (message.type) {
      case "state":
        this.#enter(message);
        break;
      case "away":
        // What the customer no longer showed is not shown again.
        this.root.toggleAttribute("data-old", this.#model.state === "active" && (this.#model.granted & permissions.VIEW) !== 0);
        this.#change({ awayUntil: Date.now() + message.seconds * 1_000 });
        break;
      case "established":
        this.#established(message);
        break;
      case "grants":
        this.#change({ granted: message.permissions, pause: message.pause, asking: "none" });
        break;
      case "local-input":
        this.#toast.tell(this.#say("toast.localInput"), gaveWayMilliseconds);
        break;
      case "declined":
        this.#declined(message.permissions);
        break;
      case "layout":
        this.#startPicture(message);
        break;
      case "text-refused":
        this.#change({ awaitsText: false });
        this.#panel.clipboard.refused(message.outcome);
        break;
      case "text-came":
        if (message.wasAsked) this.#change({ awaitsText: false });
        this.#panel.clipboard.came(message.wasAsked);
        this.#text.show(message.text, this.#called);
        this.#toast.tell(this.#say("clipboard.came"));
        break;
      default:
        pass(message, this.#say, { stage: this.#stage, figures: this.#figures, panel: this.#panel, chat: this.#chat, files: this.#files, pictures: this.#pictures });
    }
  }

  /** What had arrived before the end, and was told behind it. */
  #takeLast(message: Extract<WorkerToPage, { type: "transfers" | "file-arrived" | "file-saved" }>): void {
    this.#files.take(message);
    const { arrived } = this.#files.log.outcome;
    const { filesArrived, filesInFlight } = this.#model;
    if (arrived !== filesArrived) this.#change({ filesArrived: arrived, filesInFlight: Math.max(0, filesInFlight - (arrived - filesArrived)) });
  }

  #enter({ state, reason }: Extract<WorkerToPage, { type: "state" }>): void {
    if (state === "ended") {
      this.#end(reason ?? "connection-lost");
      return;
    }
    const wasActive = this.#model.state === "active";
    this.#change({ state });
    if (state !== "active" || wasActive) return;
    if (this.#isFront) this.#stage.focus();
    this.#toast.tell(this.#say("toast.active"));
  }

  #established(message: Extract<WorkerToPage, { type: "established" }>): void {
    const { checkNumber, machine, user, ceiling } = message;
    this.#serverSession = message.serverSession;
    void this.#events.begun(message.serverSession).then(() => {
      this.#notes.keep(message.serverSession);
      this.#pictures.begin(message.serverSession);
    });
    this.#change({ checkNumber, machine, user, ceiling, establishedAt: Date.now() });
  }

  #declined(refused: number): void {
    this.#files.declined(refused);
    this.#change({ asking: "declined" });
    const again = setTimeout(() => this.#model.asking === "declined" && this.#change({ asking: "none" }), askAgainMilliseconds);
    this.#over.signal.addEventListener("abort", () => clearTimeout(again));
  }

  /** @param reason null when the technician gave up before there was a session */
  #end(reason: EndReason | null): void {
    if (!this.isRunning) return;
    // While the connection was away the server has perhaps not been told yet; it waits no longer than the session did.
    const away = this.#model.state === "resuming" ? (this.#model.awayUntil ?? 0) - Date.now() : 0;
    this.#change({ state: "ended", reason, granted: 0, pause: null, endedAt: Date.now() });
    this.#over.abort();
    this.#text.end();
    setTimeout(() => this.#worker.close(), Math.max(farewellMilliseconds, away));
    this.#departure.dialog.close();
    void this.#fullScreen.leave();
    this.#figures.close();
    this.#notes.flush();
    if (this.#model.establishedAt === null || reason === null) this.#events.failed(reason);
    else {
      this.#events.ended(this.#serverSession, reason);
      if (this.#isFront) this.#notice.focus();
    }
  }

  #ask(permissions: number): void {
    if (permissions === 0) return;
    this.#askAside(permissions);
    this.#stage.focus();
  }

  /** Asks, and leaves the keyboard where it is. */
  #askAside(permissions: number): void {
    this.#worker.send({ type: "ask", permissions });
    this.#change({ asking: "open" });
  }

  #startPicture(layout: Extract<WorkerToPage, { type: "layout" }>): void {
    const { isShown, gone } = this.#stage.start(layout);
    this.#panel.showScreen(layout);
    this.#figures.start(layout);
    this.#obstacle.show(layout, isShown);
    if (gone !== null && layout.displays.length > 0) this.#toast.tell(this.#say("displays.gone"));
  }

  #sendInput(messages: readonly InputMessage[]): void {
    const happenedAt = this.#figures.sending(messages);
    this.#worker.send(happenedAt === undefined ? { type: "input", messages } : { type: "input", messages, happenedAt });
  }

  #obey(shortcut: Shortcut): void {
    if (isOfDesk(shortcut)) this.#events.shortcut(shortcut);
    else {
      const panes = { chat: this.#chat, files: this.#files, notes: this.#notes };
      const [keepPicture, toggleFigures, toggleFullScreen] = [(): void => void this.#pictures.open(), (): void => this.#toggleFigures(), (): void => void this.#toggleFullScreen()];
      act(shortcut, { stage: this.#stage, panel: this.#panel, panes, keepPicture, toggleFigures, toggleFullScreen });
    }
  }

  async #toggleFullScreen(): Promise<void> {
    await this.#fullScreen.toggle();
    this.#stage.focus();
  }

  #tick(): void {
    this.#panel.tick();
    this.#files.tick();
    this.#notes.tick();
    if (this.#model.state === "resuming") this.#notice.show(this.#model);
  }

  #toggleFigures(): void {
    this.#figures.toggle();
    this.#panel.view.showFigures(this.#figures.isOn);
  }

  #change(change: Partial<SessionModel>): void {
    this.#model = { ...this.#model, ...change };
    this.#show();
    this.#events.changed(this.glance);
  }

  #show(): void {
    const model = this.#model;
    if (model.state !== "active") this.#toast.hide();
    this.root.dataset["state"] = model.state;
    this.#stage.isLive = model.state === "active" && this.#isFront;
    this.#stage.grant(model.granted);
    this.#fullScreen.takesKeys = this.#stage.mayType;
    this.#panel.show(model);
    this.#chat.show(model);
    this.#panel.showChat(this.#chat.isAvailable, this.#unread);
    this.#files.show(model);
    this.#panel.showFiles(this.#files.isAvailable, this.#files.mark);
    this.#notes.show(model);
    this.#notice.show(model);
  }
}
