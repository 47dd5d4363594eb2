// What a reader may choose: which program, which preset, which numbers.
//
// A slider goes over the values of which there are recordings. A live run may have any number in between, so beside
// the slider there is then a box for it.

import { element } from "./dom.js";

export class Fields {
    /**
     * @param {{own: object, parent: object | null}} menus
     * @param {boolean} live whether any number may be chosen
     * @param {() => void} changed
     */
    constructor(menus, live, changed) {
        this.menus = menus;
        this.live = live;
        this.changed = changed;
        this.form = element("div", { className: "run-fields" });
        this.menu = menus.own;
        this.#fill({});
    }

    /** What is chosen, as the server is asked for it. */
    get request() {
        const params = Object.fromEntries(this.values);
        return { program: this.menu.name, preset: this.preset.value, params };
    }

    /** The name of the recording that is nearest to what is chosen, and whether it is exactly that. */
    get point() {
        let exact = true;
        const parts = this.menu.parameters.map(({ name, recorded }) => {
            const wanted = this.values.get(name);
            const value = nearest(recorded, wanted);
            exact &&= value === wanted;
            return `${name}=${value}`;
        });
        return { name: [this.preset.value, ...parts].join(","), exact };
    }

    /** What is chosen, in words. */
    get words() {
        const numbers = this.menu.parameters.map(({ name, label, unit }) =>
            `${label} ${this.values.get(name)}${unit ? ` ${unit}` : ""}`);
        const preset = this.menu.presets.length > 1 ? [this.preset.selectedOptions[0].textContent] : [];
        return [this.menu.name, ...preset, ...numbers].join(", ");
    }

    set disabled(disabled) {
        for (const field of this.form.querySelectorAll("input, select")) field.disabled = disabled;
    }

    #fill(earlier) {
        this.values = new Map();
        const rows = [this.#programs(), this.#presets(earlier)];
        for (const parameter of this.menu.parameters) rows.push(this.#number(parameter, earlier));
        this.form.replaceChildren(...rows.filter(Boolean));
    }

    #programs() {
        const { own, parent } = this.menus;
        if (!parent) return null;
        const select = selectOf([own, parent], ({ name }) => name, ({ name }) =>
            name === own.name ? `${name} (this step)` : `${name} (its parent)`);
        select.value = this.menu.name;
        select.addEventListener("change", () => {
            this.menu = select.value === own.name ? own : parent;
            this.#fill(Object.fromEntries(this.values));
            this.form.querySelector("select").focus();
            this.changed();
        });
        return labelled("program", select);
    }

    #presets() {
        const { presets } = this.menu;
        this.preset = selectOf(presets, ({ name }) => name, ({ label }) => label);
        this.preset.addEventListener("change", this.changed);
        return presets.length > 1 ? labelled("input", this.preset) : null;
    }

    #number({ name, label, unit, min, max, recorded, default: usual }, earlier) {
        const kept = earlier[name] ?? usual;
        const value = kept >= min && kept <= max ? kept : usual;
        this.values.set(name, this.live ? value : nearest(recorded, value));
        const slider = element("input", { type: "range", min: 0, max: recorded.length - 1, step: 1 });
        const box = element("input", { type: "number", min, max, step: 1 });
        const shown = element("output");
        const show = () => {
            const now = this.values.get(name);
            const text = unit ? `${now} ${unit}` : `${now}`;
            slider.value = recorded.indexOf(nearest(recorded, now));
            slider.setAttribute("aria-valuetext", text);
            shown.textContent = this.live ? unit : text;
            if (document.activeElement !== box) box.value = now;
        };
        slider.addEventListener("input", () => {
            this.values.set(name, recorded[slider.value]);
            show();
            this.changed();
        });
        box.addEventListener("input", () => {
            if (!box.checkValidity() || box.value === "") return;
            this.values.set(name, box.valueAsNumber);
            show();
            this.changed();
        });
        box.addEventListener("blur", show);
        box.setAttribute("aria-label", `${label}, from ${min} to ${max}`);
        show();
        return labelled(label, slider, ...(this.live ? [box] : []), shown);
    }
}

function selectOf(items, value, label) {
    const select = element("select");
    for (const item of items) select.append(new Option(label(item), value(item)));
    return select;
}

function labelled(text, field, ...more) {
    const name = element("span", { className: "run-label", textContent: text });
    return element("div", { className: "run-field" }, element("label", {}, name, field), ...more);
}

/** Of these values the one that is nearest by factors, as all of our numbers go by factors. */
function nearest(values, wanted) {
    const apart = (value) => Math.abs(Math.log((value + 1) / (wanted + 1)));
    return values.reduce((best, value) => (apart(value) < apart(best) ? value : best));
}
