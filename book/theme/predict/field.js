// The field for a bet: a slider that goes by factors, or choices.

import { element } from "../run/dom.js";

/** @param {HTMLElement} section  with the kind of the bet in its attributes */
export function fieldOf(section) {
    return section.dataset.type === "choice" ? choiceOf(section) : sliderOf(section);
}

function sliderOf(section) {
    const stops = JSON.parse(section.dataset.stops);
    const slider = element("input", {
        type: "range", min: 0, max: stops.length - 1, step: 1, value: Math.floor(stops.length / 2),
        id: `bet-${section.id}`,
    });
    const now = element("output", { className: "predict-now" });
    now.htmlFor = slider.id;
    const show = () => {
        now.textContent = stops[slider.value][1];
        slider.setAttribute("aria-valuetext", now.textContent);
    };
    slider.addEventListener("input", show);
    show();
    const nearest = (bet) => stops.reduce((best, stop) =>
        (Math.abs(Math.log(stop[0] / bet)) < Math.abs(Math.log(best[0] / bet)) ? stop : best));
    const marks = element("div", { className: "predict-marks" }, ...marksOf(stops));
    marks.setAttribute("aria-hidden", "true");
    return {
        parts: [
            element("div", { className: "predict-label" },
                element("label", { htmlFor: slider.id, textContent: "Your bet" }), now),
            slider, marks,
        ],
        bet: () => stops[slider.value][0],
        written: (bet) => (Number.isFinite(bet) && bet > 0 ? nearest(bet)[1] : null),
        show(bet) {
            slider.value = stops.indexOf(nearest(bet));
            slider.disabled = true;
            show();
        },
    };
}

/** A mark at each power of ten and at both ends, with its number where there is room for it: a slider goes by factors. */
function marksOf(stops) {
    const last = stops.length - 1;
    return stops.flatMap(([value, written], at) => {
        const isEnd = at === 0 || at === last;
        const isRound = Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-6;
        if (!isEnd && !isRound) return [];
        const share = at / last;
        const hasRoom = isEnd || (written.length <= 8 && share > 0.15 && share < 0.85);
        const mark = element("span", { textContent: hasRoom ? written : "" });
        mark.style.setProperty("--share", share);
        return [mark];
    });
}

function choiceOf(section) {
    const places = [...section.querySelectorAll(".predict-options > li")];
    const name = `bet-${section.id}`;
    const radios = places.map((place, value) => {
        const radio = element("input", { type: "radio", name, value });
        const only = place.children.length === 1 && place.firstElementChild.matches("p") ? place.firstElementChild : place;
        const text = element("span", {}, ...only.childNodes);
        place.replaceChildren(element("label", {}, radio, text));
        return radio;
    });
    return {
        parts: [],
        bet() {
            const chosen = radios.find(({ checked }) => checked);
            return chosen ? Number(chosen.value) : null;
        },
        written: (bet) => places[bet]?.textContent.trim().replace(/\.$/, "") ?? null,
        show(bet) {
            radios.forEach((radio, at) => {
                radio.checked = at === bet;
                radio.disabled = true;
            });
        },
    };
}
