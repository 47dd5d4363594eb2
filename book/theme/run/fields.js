// What a reader may choose: which program, which input, which numbers.
//
// A slider goes over the values of which there are recordings. A live run may have any number in between, so beside
// the slider there is then a box for it.

import { disable, element } from "./dom.js";
import { labelled, nearest, numberField, withUnit } from "./slider.js";

/**
 * @typedef {object} Parameter
 * @property {string} name
 * @property {string} label
 * @property {string} unit
 * @property {string} [zero]  what zero is called
 * @property {number} min
 * @property {number} max
 * @property {number} default
 * @property {number[]} recorded  ascending
 *
 * @typedef {object} Menu  what can be chosen of one program
 * @property {string} name
 * @property {string} title
 * @property {{name: string, label: string}[]} presets
 * @property {Parameter[]} parameters
 * @property {string[]} points  the names of its recordings
 * @property {import("./chart.js").Room | null} room  what a drawing of its usual run needs; nothing if it only prints
 *
 * @typedef {object} Choice  what is run
 * @property {string} program
 * @property {{name: string, label: string}} preset
 * @property {{parameter: Parameter, value: number}[]} numbers
 */

export class Fields {
    /**
     * @param {{own: Menu, parent: Menu | null}} menus
     * @param {boolean} live  whether any number may be chosen
     * @param {() => void} changed  is told of every choice
     */
    constructor(menus, live, changed) {
        this.menus = menus;
        this.live = live;
        this.changed = changed;
        this.form = element("div", { className: "run-fields" });
        this.form.setAttribute("role", "group");
        this.form.setAttribute("aria-label", "What is run");
        this.menu = menus.own;
        this.#fill(new Map());
    }

    /** What is chosen, as the server is asked for it. */
    get request() {
        return { program: this.menu.name, preset: this.preset.value, params: Object.fromEntries(this.values) };
    }

    /** The name of the recording that is nearest to what is chosen, and whether it is exactly that. */
    get point() {
        let isExact = true;
        const parts = this.menu.parameters.map(({ name, recorded }) => {
            const wanted = this.values.get(name);
            const value = nearest(recorded, wanted);
            isExact &&= value === wanted;
            return `${name}=${value}`;
        });
        return { name: [this.preset.value, ...parts].join(","), isExact };
    }

    /** @returns {Choice} what is chosen, to be compared with another one */
    get choice() {
        return {
            program: this.menu.name,
            preset: this.menu.presets.find(({ name }) => name === this.preset.value),
            numbers: this.menu.parameters.map((parameter) => ({ parameter, value: this.values.get(parameter.name) })),
        };
    }

    /** What is chosen, in words. */
    get words() {
        const numbers = this.menu.parameters.map(({ name, label, unit, zero }) =>
            `${label} ${withUnit(this.values.get(name), unit, zero)}`);
        const preset = this.menu.presets.length > 1 ? [this.preset.selectedOptions[0].textContent] : [];
        return [this.menu.name, ...preset, ...numbers].join(", ");
    }

    /** Chooses for the reader, and tells nobody. Numbers that are not named have their defaults. */
    choose({ program, preset, params }) {
        const { own, parent } = this.menus;
        this.menu = program === parent?.name ? parent : own;
        this.#fill(new Map(Object.entries(params)));
        if (preset) this.preset.value = preset;
    }

    set disabled(disabled) {
        for (const field of this.form.querySelectorAll("input, select")) disable(field, disabled);
    }

    /** The fields of the chosen program; numbers of the one before are kept where it has them too. */
    #fill(earlier) {
        this.values = new Map();
        const fields = [this.#programs(), this.#presets()];
        for (const parameter of this.menu.parameters) fields.push(this.#number(parameter, earlier));
        this.form.replaceChildren(...fields.filter(Boolean));
        this.form.hidden = this.form.childElementCount === 0;
    }

    #programs() {
        const { own, parent } = this.menus;
        if (!parent) return null;
        const select = selectOf([own, parent], ({ name }) => name === own.name ? name : `${name} (parent)`);
        select.value = this.menu.name;
        select.addEventListener("change", () => {
            this.menu = select.value === own.name ? own : parent;
            this.#fill(this.values);
            this.form.querySelector("select").focus();
            this.changed();
        });
        return labelled("program", select);
    }

    #presets() {
        const { presets } = this.menu;
        this.preset = selectOf(presets, ({ label }) => label);
        this.preset.addEventListener("change", this.changed);
        return presets.length > 1 ? labelled("input", this.preset) : null;
    }

    #number(parameter, earlier) {
        const { name, min, max, recorded } = parameter;
        const kept = earlier.get(name) ?? parameter.default;
        const inRange = kept >= min && kept <= max ? kept : parameter.default;
        const choose = (value) => {
            this.values.set(name, value);
            this.changed();
        };
        this.values.set(name, this.live ? inRange : nearest(recorded, inRange));
        return numberField(parameter, this.values.get(name), this.live, choose);
    }
}

function selectOf(items, label) {
    const select = element("select");
    for (const item of items) select.append(new Option(label(item), item.name));
    return select;
}
