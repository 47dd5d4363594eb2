// What the pages of the book need beyond styles, one concern a module. Nothing here is required to
// read: without scripts every page is complete. Pages with a diagram load diagrams.js besides.

import { makeCards } from "./cards.js";
import { jumpAgain } from "./jump.js";
import { addSkipLink, closeEvidenceByEscape, keepArrowKeys } from "./keyboard.js";
import { nameControls, offerLightAndDark } from "./menu.js";
import { nameNeighbours } from "./pager.js";
import { followProgress } from "./progress.js";
import { makeScrollersReachable } from "./scrollers.js";
import { listSources } from "./section-sources.js";
import { tellSources } from "./sources.js";
import { makeChoicesOfCharts } from "./tabs.js";
import { makeTabsOfTwins } from "./twins.js";

// mdBook also puts this into the frame that shows the contents when scripts are off.
if (document.querySelector("#mdbook-content")) {
    addSkipLink();
    keepArrowKeys();
    closeEvidenceByEscape();
    nameControls();
    offerLightAndDark();
    nameNeighbours();
    makeTabsOfTwins();
    makeCards();
    makeScrollersReachable();
    followProgress();
}

// Only few pages have one. The page for printing has them all, and nothing is pressed on paper.
if (document.querySelector("#mdbook-content") && !location.pathname.endsWith("/print.html")) {
    makeChoicesOfCharts();
    tellSources();
    listSources();
    if (document.querySelector("main section.run")) {
        const { makePanels } = await import("./run.js");
        makePanels();
    }
    if (document.querySelector("main section.queue")) {
        const { makeQueues } = await import("./queue.js");
        makeQueues();
    }
    if (document.querySelector("main section.play")) {
        const { makePlays } = await import("./play.js");
        makePlays();
    }
    if (document.querySelector("main section.predict")) {
        const { makePredictions } = await import("./predict.js");
        makePredictions();
    }
    if (document.querySelector("main section.quiz")) {
        const { makeQuizzes } = await import("./quiz.js");
        makeQuizzes();
    }
    jumpAgain();
}
