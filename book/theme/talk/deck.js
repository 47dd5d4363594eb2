// The deck: what the audience sees. Without scripts its slides stand one under the other; here one of them is shown.

import { facesLoaded } from "../faces.js";
import { draw } from "./chart-fragments.js";
import { showControls } from "./controls.js";
import { keepCut, takeOver } from "./cut.js";
import { debouncedNext } from "./debounce-next.js";
import { showSteps, startedBy } from "./fragments.js";
import { fullscreen } from "./fullscreen.js";
import { helpOf } from "./help.js";
import { DECK_KEYS, listenToKeys } from "./keys.js";
import { Overview } from "./overview.js";
import { makePlaysOf } from "./plays.js";
import { Spot } from "./pointer.js";
import { finishForPaper, isForPaper, printIfAsked } from "./print.js";
import { chooseWorkers, isBusy, killOne, makeRuns, start, startOrStop, stopAll } from "./runs.js";
import { fit } from "./scale.js";
import { showScenes } from "./scenes.js";
import { changeScheme } from "./scheme.js";
import { talkOf } from "./talk.js";
import { listenToTouch } from "./touch.js";
import { keepAwake } from "./wake.js";

const deck = document.querySelector("#deck");
const blankScreen = document.querySelector(".blank");
const title = document.title;
const { cut, state, link, begin } = talkOf("deck", deck);
const overview = new Overview(deck, state);
const next = debouncedNext(state, ({ element }) => isBusy(element));
const spot = new Spot();
/** What leads from slide to slide in the overview. */
const MOVES = new Set(["next", "previous", "down", "up"]);

const acts = {
    next: () => (overview.isOpen ? overview.move(1) : next()),
    previous: () => (overview.isOpen ? overview.move(-1) : state.previous()),
    down: () => (overview.isOpen ? overview.moveRow(1) : next()),
    up: () => (overview.isOpen ? overview.moveRow(-1) : state.previous()),
    skip: () => state.skip(1),
    return: () => state.skip(-1),
    first: () => (overview.isOpen ? overview.move(-Infinity) : state.first()),
    last: () => (overview.isOpen ? overview.move(Infinity) : state.last()),
    overview: () => {
        state.move({ blank: false });
        overview.toggle();
    },
    blank: () => state.blank(),
    run: () => startOrStop(state.slide.element),
    kill: () => killOne(state.slide.element),
    workers: () => chooseWorkers(state.slide.element),
    fullscreen,
    speaker: openSpeaker,
    scheme: changeScheme,
    help: helpOf(DECK_KEYS),
};

/** Shows how things stand. Only what somebody has just brought about may move, or start a program. */
function show(before, cause) {
    const { at, step, blank } = state.place;
    const isNew = cause === "load" || at !== before.at;
    const isMoved = cause === "key" || cause === "link";
    overview.close();
    if (isNew) {
        spot.show(state.slide.element, null);
        stopAll(state.slides[before.at].element);
        for (const slide of state.slides) slide.element.classList.toggle("is-now", slide === state.slide);
    }
    showSteps(state.slide.element, step, isMoved && !isNew);
    if (isNew && isMoved) draw(state.slide.element);
    // One program runs at a time: a window that nobody sees does not take it from the one that is looked at.
    const isSeen = cause === "key" || !document.hidden;
    const isOneOn = !isNew && step === before.step + 1;
    if (isNew || step !== before.step) start(isOneOn && isMoved && isSeen ? startedBy(state.slide.element, step) : null, step);
    blankScreen.hidden = !blank;
    document.title = `${state.slide.title} - ${title}`;
}

/** The speaker view of this cut at this slide. */
function openSpeaker() {
    open(`speaker/${location.search}${location.hash}`, "workbook-speaker", "popup,width=1280,height=800")?.focus();
}

/** What the speaker's window wants to be done here. */
link.onAct = (act) => {
    if (["run", "kill", "workers"].includes(act) && !document.hidden) acts[act]();
    const wanted = /^cut=(\d+)$/.exec(act)?.[1];
    if (wanted && Number(wanted) !== cut) takeOver(wanted);
};

link.onPoint = (at) => spot.show(state.slide.element, at);

fit(document.documentElement);
state.listen(show);
showControls(state, acts);
keepCut(document.querySelectorAll(".help a"));
// No slide is laid out before the audience's eyes.
await facesLoaded();
begin();
// In the overview one may lean on a key.
listenToKeys(DECK_KEYS, acts, (act) => overview.isOpen && MOVES.has(act));
listenToTouch(acts);
blankScreen.addEventListener("click", acts.blank);
finishForPaper();
if (!isForPaper) {
    // So that the speaker's view finds this window.
    window.name = "workbook-slides";
    link.start();
}
keepAwake();
// Without its panels the talk can go on, and be printed.
link.onHello = showScenes((news) => document.hidden || link.see(news));
await makeRuns().catch(console.error);
await makePlaysOf(() => state.slide.element).catch(console.error);
await printIfAsked();
