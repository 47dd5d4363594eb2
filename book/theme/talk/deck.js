// The deck: what the audience sees. Without scripts its slides stand one under the other; here one of them is shown.

import { announce } from "./announce.js";
import { colourCode } from "./code.js";
import { showControls } from "./controls.js";
import { draw } from "./drawn.js";
import { helpOf } from "./help.js";
import { DECK_KEYS, listenToKeys } from "./keys.js";
import { Link } from "./link.js";
import { Overview } from "./overview.js";
import { patientNext } from "./patience.js";
import { printIfAsked } from "./print.js";
import { makeRuns, start, startOrStop, stopAll } from "./runs.js";
import { fit } from "./scale.js";
import { changeScheme, startScheme } from "./scheme.js";
import { cutOf, numbers, readSlides, takeCut } from "./slides.js";
import { State, keepAddress, placeOf } from "./state.js";
import { showSteps, startedBy } from "./steps.js";
import { listenToTouch } from "./touch.js";
import { keepAwake } from "./wake.js";

const deck = document.querySelector("#deck");
const blankScreen = document.querySelector(".blank");
const title = document.title;
const cut = cutOf(location.search, numbers(deck.dataset.cuts));
const state = new State(takeCut(readSlides(), cut));
const asked = placeOf(location.hash);
const link = new Link("deck", state, cut);
const overview = new Overview(deck, state);
const next = patientNext(state);

const acts = {
    next,
    previous: () => state.previous(),
    right: () => (overview.isOpen ? overview.move(1) : next()),
    left: () => (overview.isOpen ? overview.move(-1) : state.previous()),
    down: () => (overview.isOpen ? overview.moveRow(1) : next()),
    up: () => (overview.isOpen ? overview.moveRow(-1) : state.previous()),
    skip: () => state.skip(1),
    return: () => state.skip(-1),
    first: () => state.first(),
    last: () => state.last(),
    overview: () => overview.toggle(),
    blank: () => state.blank(),
    run: () => startOrStop(state.slide.element),
    fullscreen,
    speaker: () => open(`speaker/${location.search}${location.hash}`, "workbook-speaker", "popup,width=1280,height=800"),
    scheme: changeScheme,
    help: helpOf(DECK_KEYS),
};

/** Shows how things stand. Only what somebody has just brought about may move, or start a program. */
function show(_, before, cause) {
    const { at, step, blank } = state.place;
    const isNew = cause === "load" || at !== before.at;
    if (isNew) {
        overview.close();
        stopAll(state.slides[before.at].element);
        for (const slide of state.slides) slide.element.classList.toggle("is-now", slide === state.slide);
    }
    showSteps(state.slide.element, step, !isNew);
    if (isNew && cause !== "load") draw(state.slide.element);
    const isOneOn = !isNew && step === before.step + 1;
    if (isOneOn && cause !== "address") start(startedBy(state.slide.element, step), step);
    blankScreen.hidden = !blank;
    document.title = `${state.slide.title} - ${title}`;
}

function fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
}

/** What the speaker's window wants to be done here. */
link.onAct = (act) => {
    if (act === "run") acts.run();
    const wanted = /^cut=(\d+)$/.exec(act)?.[1];
    if (wanted && Number(wanted) !== cut) location.replace(`?cut=${wanted}${location.hash}`);
};

startScheme();
colourCode();
fit(document.documentElement);
state.listen(show);
showControls(state, acts);
announce(state);
keepAddress(state);
document.documentElement.classList.add("is-ready");
if (!asked || !state.goTo(asked.id, asked.step, false, "load")) state.move({}, "load");
listenToKeys(DECK_KEYS, acts);
listenToTouch(deck, acts);
link.start();
keepAwake();
await makeRuns();
await printIfAsked();
