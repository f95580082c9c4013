// One session as the technician has it before them: worker, stage, panel, notice. Made for each session and thrown away
// with it. Only the one in front is in the document: so the fixed ids of architecture.md section 8 name its parts, and keys,
// mouse and dropped files are nobody else's. The others go on, and paint seldom.

import type { JoinRequest, WorkerToPage } from "../session/worker-messages.ts";
import type { InputMessage } from "../protocol/input.ts";
import type { EndByTechnician } from "../session/worker-messages.ts";
import type { EndReason } from "../session/states.ts";
import { permissions } from "../protocol/permissions.ts";
import { nextChoice } from "../screen/displays.ts";
import { actualSize } from "../screen/placement.ts";
import { ChatPane } from "./chat-pane.ts";
import { DropTarget } from "./drop-target.ts";
import { element, setText } from "./element.ts";
import { EndDialog } from "./end-dialog.ts";
import { FilesPane } from "./files-pane.ts";
import { FullScreen, type WayOut } from "./full-screen.ts";
import { Figures } from "./figures.ts";
import type { Glance } from "./glance.ts";
import { SessionNotice } from "./session-notice.ts";
import { isLookTaken, newSession, type SessionModel } from "./session-model.ts";
import { SessionPanel } from "./session-panel.ts";
import { SessionWorker } from "./session-worker.ts";
import { NotesPane, type NotesDesk } from "./notes-pane.ts";
import { PictureKeeper } from "./picture-keeper.ts";
import { isOfDesk, type DeskShortcut, type SessionShortcut, type Shortcut } from "./shortcuts.ts";
import { Stage } from "./stage.ts";
import { TextPane } from "./text-pane.ts";
import { languageOf, sayIn, type Say } from "./texts/texts.ts";
import { Toast } from "./toast.ts";

/** After a no the customer is left in peace so long. */
const askAgainMilliseconds = 10_000;
/** A little longer than the customer's own hand wins. */
const gaveWayMilliseconds = 2_500;
const tickMilliseconds = 1_000;
/** How long the worker may take to tell the host that the technician has ended the session. */
const farewellMilliseconds = 2_000;

export interface SessionPageEvents {
  /** No session came about; null when the technician gave up. */
  readonly failed: (reason: EndReason | null) => void;
  /** The technician has read how the session ended. */
  readonly closed: () => void;
  readonly changed: (glance: Glance) => void;
  /** For the shop's records: the server's own number of the session. Done when they have it. */
  readonly begun: (serverSession: string) => Promise<void>;
  readonly ended: (serverSession: string, reason: EndReason) => void;
  /** Keys that concern the whole desk. */
  readonly shortcut: (shortcut: DeskShortcut) => void;
}

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
  readonly #ending: EndDialog;
  /** The session ends when the copying is done. */
  #endsWhenCopied = false;
  readonly #text: TextPane;
  readonly #fullScreen: FullScreen;
  readonly #toast = new Toast();
  readonly #notes: NotesPane;
  readonly #pictures: PictureKeeper;
  readonly #figures: Figures;
  /** Why there is nothing to see although the customer lets the technician look. */
  readonly #obstacle = element("p", { class: "obstacle", role: "alert", hidden: true });
  /** What the toast tells is how to leave full screen. */
  #tellsWayOut = false;
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
      entered: (wayOut) => this.#enteredFullScreen(wayOut),
      left: () => this.#leftFullScreen(),
      refused: () => this.#tell(this.#say("fullscreen.refused")),
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
      tellCustomer: (language) => this.#chat.announce(sayIn(languageOf(language))("keep.announced")),
      tell: (text) => this.#tell(text),
      toPicture: () => this.#stage.focus(),
    });
    this.#notes = new NotesPane(say, notes, this.#pictures.root, { toPicture: () => this.#stage.focus(), opened: () => this.#makeRoom(this.#notes) });
    this.#ending = new EndDialog(say, {
      endNow: () => this.end("technician-ended"),
      finishFirst: () => this.#endWhenCopied(true),
      goOn: () => this.#stage.focus(),
    });
    const drop = new DropTarget(say("files.dropHere"), { isOpen: () => this.#isFront && this.#files.maySend, dropped: (candidates) => this.#files.pick(candidates) }, this.#over.signal);
    this.root = element(
      "div", { class: "session" },
      this.#stage.root, this.#obstacle, this.#toast.root, this.#panel.drawing.note, this.#panel.root, this.#text.root, this.#chat.root, this.#notice.root,
      this.#files.root, this.#notes.root, drop.root, this.#ending.root, this.#pictures.dialog.root,
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
      this.#ending.close();
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

  /** Ends the session, or asks first what is to become of files on their way. */
  #askToEnd(): void {
    const { inFlight } = this.#files.log;
    if (this.#model.establishedAt === null || inFlight.length === 0) this.end("technician-ended");
    else this.#ending.open(inFlight);
  }

  /** The tab is to be closed: asks whether a session that runs is meant to end, and says what that would cut off. It has to be in front. */
  askToClose(): void {
    if (!this.isRunning || this.#model.establishedAt === null) {
      this.end("technician-ended");
      this.#events.closed();
    } else this.#ending.open(this.#files.log.inFlight, this.#called);
  }

  /** What is shown is the customer's screen as it is, and the customer lets the technician look. */
  get #mayKeep(): boolean {
    return this.#model.state === "active" && (this.#model.granted & permissions.VIEW) !== 0 && this.#obstacle.hidden;
  }

  get #called(): string {
    return this.#model.customer === "" ? this.#say("bar.customer") : this.#model.customer;
  }

  get hasFilesInFlight(): boolean {
    return this.isRunning && this.#files.log.inFlight.length > 0;
  }

  /** Leaving the page was asked for: shows what it would cut off, for the case that the technician stays. */
  showInFlight(): void {
    if (this.#isFront && this.hasFilesInFlight) this.#ending.open(this.#files.log.inFlight);
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

  /** Something else wants to be told to whoever looks at this session. */
  tell(text: string): void {
    this.#tell(text);
  }

  /** All panes stand at the same edge. */
  #makeRoom(pane: { hide: () => void }): void {
    for (const other of [this.#chat, this.#files, this.#notes]) if (other !== pane) other.hide();
  }

  #endWhenCopied(isEnding: boolean): void {
    this.#endsWhenCopied = isEnding;
    this.#files.isEnding = isEnding;
    if (isEnding) this.#files.open();
    this.#filesChanged();
  }

  #filesChanged(): void {
    if (!this.isRunning) return;
    const { inFlight, outcome } = this.#files.log;
    if (this.#ending.isOpen) this.#ending.show(inFlight);
    this.#panel.showFiles(this.#files.isAvailable, this.#files.mark);
    const { filesInFlight, filesArrived } = this.#model;
    if (inFlight.length !== filesInFlight || outcome.arrived !== filesArrived) this.#change({ filesInFlight: inFlight.length, filesArrived: outcome.arrived });
    if (this.#endsWhenCopied && inFlight.length === 0) this.end("technician-ended");
  }

  /** Says that leaving would end the session. */
  remind(): void {
    this.#tell(this.#say("toast.leave"));
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
      tell: (text) => this.#tell(text),
      changed: () => this.#filesChanged(),
      opened: () => this.#makeRoom(this.#files),
      goOnAfterAll: () => this.#endWhenCopied(false),
    });
  }

  #makePanel(): SessionPanel {
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
      facts: {
        request: () => this.#worker.send({ type: "request-facts" }),
        ask: (wanted) => this.#ask(wanted),
      },
      people: {
        invite: (purpose, name, reason) => this.#worker.send({ type: "invite", purpose, name, reason }),
        withdraw: () => this.#worker.send({ type: "withdraw-invitation" }),
        takeControl: () => this.#worker.send({ type: "take-control" }),
        tell: (text) => this.#tell(text),
      },
      drawing: {
        use: (tool) => this.#stage.draw(tool),
        keep: (isKept) => this.#stage.keepMarks(isKept),
        undo: () => this.#stage.undoMark(),
        clear: () => this.#stage.clearMarks(),
        ask: (wanted) => this.#ask(wanted),
        toPicture: () => this.#stage.focus(),
      },
      chord: (keys) => this.#stage.chord(keys),
      type: (text) => this.#stage.type(text),
      toPicture: () => this.#stage.focus(),
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
    // Between the technician's End and the worker's, pictures may still arrive; what was whole is still the technician's.
    if (!this.isRunning) {
      if (message.type === "over") this.#worker.close();
      else if (message.type === "transfers" || message.type === "file-arrived" || message.type === "file-saved") this.#takeLast(message);
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
        this.#tell(this.#say("toast.localInput"), gaveWayMilliseconds);
        break;
      case "declined":
        this.#declined(message.permissions);
        break;
      case "layout":
        this.#startPicture(message);
        break;
      case "update":
        this.#stage.update(message);
        break;
      case "input-sent":
        this.#figures.inputSent(message.milliseconds);
        break;
      case "cursor-shape":
        this.#stage.pointerShape(message);
        break;
      case "cursor-position":
        this.#stage.pointerPosition(message);
        break;
      case "cursor-hidden":
        this.#stage.hidePointer();
        break;
      case "facts":
        this.#panel.facts.given(message.facts);
        break;
      case "facts-gone":
        this.#panel.facts.gone();
        break;
      case "line":
        this.#chat.hear(message.number, message.text, message.person === null ? null : (this.#panel.people.nameOf(message.person) ?? this.#say("people.somebody")));
        break;
      case "people":
        this.#panel.people.told(message.people);
        break;
      case "invitation":
        this.#panel.people.invited(message.invitation);
        break;
      case "lines-marked":
        this.#chat.marked(message.delivered, message.seen);
        break;
      case "text-placed":
        this.#panel.clipboard.placed(message.outcome);
        break;
      case "text-refused":
        this.#change({ awaitsText: false });
        this.#panel.clipboard.refused(message.outcome);
        break;
      case "text-came":
        if (message.wasAsked) this.#change({ awaitsText: false });
        this.#panel.clipboard.came(message.wasAsked);
        this.#text.show(message.text, this.#called);
        this.#tell(this.#say("clipboard.came"));
        break;
      case "over":
        this.#worker.close();
        break;
      case "files-ready":
      case "transfers":
      case "file-arrived":
      case "file-saved":
      case "request-answered":
        this.#files.take(message);
        break;
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
    this.#tell(this.#say("toast.active"));
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
    this.#ending.close();
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
    const { width, height } = layout;
    const { isShown, gone } = this.#stage.start(layout);
    this.#panel.showScreen(layout);
    this.#figures.start(layout);
    const isShared = layout.displays.length > 0;
    this.#obstacle.hidden = isShown && isShared;
    const obstacle = isShared ? this.#say("picture.tooLarge", { width, height }) : this.#say("picture.nothingShared");
    setText(this.#obstacle, isShown && isShared ? "" : obstacle);
    if (gone !== null && isShared) this.#tell(this.#say("displays.gone"));
  }

  #sendInput(messages: readonly InputMessage[]): void {
    const happenedAt = this.#figures.sending(messages);
    this.#worker.send(happenedAt === undefined ? { type: "input", messages } : { type: "input", messages, happenedAt });
  }

  #obey(shortcut: Shortcut): void {
    if (isOfDesk(shortcut)) this.#events.shortcut(shortcut);
    else this.#act(shortcut);
  }

  #act(shortcut: SessionShortcut): void {
    const { view } = this.#stage;
    switch (shortcut) {
      case "panel":
        this.#panel.open();
        break;
      case "control":
        this.#panel.people.takeControl();
        break;
      case "larger":
      case "smaller":
        this.#stage.zoom(shortcut === "larger" ? 1 : -1);
        break;
      case "fit":
        this.#stage.scale(view?.scaling === "fit" ? actualSize : "fit");
        break;
      case "full-screen":
        void this.#toggleFullScreen();
        break;
      case "next-display":
      case "previous-display":
        if (view !== null) this.#stage.choose(nextChoice(view.display, view.displays, shortcut === "next-display" ? 1 : -1));
        break;
      case "figures":
        this.#toggleFigures();
        break;
      case "draw":
        this.#panel.drawing.toggle();
        break;
      case "chat":
        this.#chat.toggle();
        break;
      case "files":
        this.#files.toggle();
        break;
      case "notes":
        this.#notes.toggle();
        break;
      case "picture":
        void this.#pictures.open();
        break;
    }
  }

  async #toggleFullScreen(): Promise<void> {
    await this.#fullScreen.toggle();
    this.#stage.focus();
  }

  #enteredFullScreen(wayOut: WayOut): void {
    this.#panel.view.showFullScreen(true);
    this.#tell(this.#say(wayOut === "hold" ? "fullscreen.hold" : "fullscreen.press"));
    this.#tellsWayOut = true;
  }

  #leftFullScreen(): void {
    this.#panel.view.showFullScreen(false);
    // The way out of it would lead nowhere now.
    if (this.#tellsWayOut) this.#toast.hide();
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

  #tell(text: string, milliseconds?: number): void {
    this.#tellsWayOut = false;
    this.#toast.tell(text, milliseconds);
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
