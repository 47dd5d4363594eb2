// The question of a panel, and the button that answers it.

import { button, disable, element } from "./dom.js";
import { questionOf } from "./question.js";

export class Ask {
    /**
     * @param {import("./fields.js").Menu} menu
     * @param {(choice: {program: string, preset?: string, params: Record<string, number>}) => void} see
     */
    constructor(menu, see) {
        const question = questionOf(menu);
        const { preset, params, words } = question ?? {};
        this.button = button("run-see", "See", () => see({ program: menu.name, preset, params }));
        this.button.setAttribute("aria-label", `See: ${words}`);
        const text = element("p", {}, "Predict: ", element("strong", { textContent: `${words}?` }));
        this.place = element("div", { className: "run-ask", hidden: question === null }, text, this.button);
    }

    set disabled(is) {
        disable(this.button, is);
    }
}
