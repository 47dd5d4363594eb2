// The predictions of a page: each `section.predict` asks for a bet before it shows what came of it. Until then what follows
// is covered, up to the chart of the answer or the next heading; afterwards the bet is drawn on that chart.

import { Prediction } from "./predict/prediction.js";

/** Makes all predictions of the page live. */
export function makePredictions() {
    for (const section of document.querySelectorAll("main section.predict")) new Prediction(section);
}
