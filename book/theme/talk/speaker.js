// The speaker's view: what is on, what comes, what to say, and the time. It works alone, and in step with the deck.

import { facesLoaded } from "../faces.js";
import { disable, element, say } from "../run/dom.js";
import { keepClock, keptClock, shareClock } from "./clock-storage.js";
import { takeOver } from "./cut.js";
import { debouncedNext } from "./debounce-next.js";
import { Dial } from "./dial.js";
import { fullscreen } from "./fullscreen.js";
import { helpOf } from "./help.js";
import { SPEAKER_KEYS, listenToKeys } from "./keys.js";
import { Notes } from "./notes.js";
import { watchPointer } from "./pointer.js";
import { Preview } from "./preview.js";
import { exportTimes, timesOf } from "./rehearsal.js";
import { Echo } from "./scenes.js";
import { changeScheme } from "./scheme.js";
import { addressOf } from "./state.js";
import { talkOf } from "./talk.js";
import { keepAwake } from "./wake.js";

const TICK_MS = 500;

const find = (selector) => document.querySelector(selector);
const chooser = find(".speaker-cuts");
const { cuts, cut, state, link, begin } = talkOf("speaker", chooser);
const clock = keptClock();
const notes = new Notes(find(".speaker-notes"), state.slides);
const preview = new Preview(find(".deck"));
const dial = new Dial(find(".speaker-clock"), state, clock);

const echo = new Echo();

const acts = {
    next: debouncedNext(state, ({ id }) => echo.isBusy(id)),
    previous: () => state.previous(),
    skip: () => state.skip(1),
    return: () => state.skip(-1),
    first: () => state.first(),
    last: () => state.last(),
    blank: () => state.blank(),
    run: () => link.act("run"),
    kill: () => link.act("kill"),
    workers: () => link.act("workers"),
    pause: () => {
        clock.pauseOrGoOn(state.slide.id);
        keep();
    },
    restart: () => {
        if (clock.isWorthKeeping && !confirm("Forget the times of this talk?")) return;
        clock.reset();
        keep();
    },
    larger: () => notes.larger(),
    smaller: () => notes.smaller(),
    export: () => exportTimes(timesOf(state.slides, cut, clock)),
    fullscreen,
    scheme: changeScheme,
    help: helpOf(SPEAKER_KEYS),
};

/** Shows how things stand. The first key that leads on starts the clock, here or in the deck; to be loaded is none. */
function show(before, cause) {
    const { at, step, blank } = state.place;
    const isMoved = cause === "key" || cause === "link";
    const isOn = isMoved && (at > before.at || (at === before.at && step > before.step));
    preview.show(state);
    if (cause === "load" || at !== before.at) notes.show(state.slide);
    if (isOn || (clock.isStarted && cause !== "load")) clock.turn(state.slide.id);
    find(".speaker-place").textContent = `${at + 1} / ${state.slides.length}: ${state.slide.title}`;
    find(".speaker-coming").textContent = state.coming?.title ?? "the end";
    showLeft();
    find("[data-act=blank]").setAttribute("aria-pressed", String(blank));
    disable(find("[data-act=run]"), state.slide.element.querySelector("section.run") === null);
    find("[data-deck]").href = `../${location.search}${addressOf(state)}`;
    document.title = `${state.slide.title} - Speaker`;
    if (cause === "load") showClock();
    else keep();
}

function showLeft() {
    say(find(".speaker-left"), echo.isBusy(state.slide.id) ? "it runs: the next press waits for its end" : leftText(state.left));
}

function leftText(left) {
    if (left === 0) return state.slide.steps > 0 ? "all is revealed" : "";
    return left === 1 ? "1 reveal left" : `${left} reveals left`;
}

/** Remembers what has become of the clock. */
function keep() {
    keepClock(clock);
    showClock();
}

function showClock() {
    const button = find("[data-act=pause]");
    say(button, !clock.isStarted ? "Start" : clock.isPaused ? "Go on" : "Pause");
    button.setAttribute("aria-pressed", String(clock.isPaused));
    dial.show();
}

/** Gives another cut, here and in the decks. */
function giveCut(other) {
    link.act(`cut=${other}`);
    if (other !== cut) takeOver(other);
}

/** A cut to be chosen. */
function cutLink(other) {
    const chosen = element("a", { href: `?cut=${other}`, textContent: `${other} min` });
    if (other === cut) chosen.setAttribute("aria-current", "true");
    chosen.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        giveCut(other);
    });
    return chosen;
}

chooser.append(...cuts.map(cutLink));
link.onCut = ({ cut: other, id, step }, isAnswer) => {
    // The cut of a deck that stands there already does not count against one that was asked for here.
    if (isAnswer && new URLSearchParams(location.search).has("cut")) return false;
    takeOver(other, `#/${id}/${step}`);
    return true;
};
link.onScene = (scene) => {
    echo.show(scene);
    showLeft();
};
watchPointer(find("[data-stage=now]"), (at) => link.point(at));
link.onDeck = (isOpen) => {
    if (!isOpen) echo.forget();
    showLeft();
    say(find(".speaker-link"), isOpen ? "in step with the slides" : "no slides are open");
};
find(".speaker-bar").addEventListener("click", ({ target }) => {
    const button = target.closest("[data-act]");
    if (button) acts[button.dataset.act]();
});
// So that the deck finds this window, and this one the deck.
window.name = "workbook-speaker";
state.listen(show);
await facesLoaded();
begin();
listenToKeys(SPEAKER_KEYS, acts, (act) => act === "larger" || act === "smaller");
link.start();
shareClock(clock, showClock);
setInterval(showClock, TICK_MS);
keepAwake((isHeld) => {
    find(".speaker-wake").textContent = isHeld ? "the screen stays on" : "the screen may go dark";
});
