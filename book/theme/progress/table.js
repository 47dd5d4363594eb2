// The table of all that was done, and its way out of the browser and back into it.

import { button, element } from "../run/dom.js";
import { all, replace, sound } from "./store.js";

const FILE = "progress.json";

export class Table {
    /** @param {HTMLElement} section  with a row for each chapter, which names what can be done in it */
    constructor(section) {
        this.rows = [...section.querySelectorAll("tbody tr")];
        this.status = element("p", { className: "progress-status" });
        this.status.setAttribute("role", "status");
        const file = element("input", { type: "file", accept: "application/json", hidden: true });
        file.addEventListener("change", () => this.#take(file));
        section.querySelector(".progress-without").replaceWith(element("div", { className: "progress-bar" },
            button("progress-out", "Save to a file", () => this.#give()),
            button("progress-in", "Load from a file", () => file.click()),
            button("progress-forget", "Forget all of it", () => this.#forget()),
            file), this.status);
    }

    /** Shows what is kept. */
    show(everything) {
        for (const row of this.rows) {
            const [, read, bets, questions, exercises] = row.cells;
            read.textContent = everything.chapters[row.dataset.page] ? "✓" : "–";
            bets.textContent = counted(row.dataset.bets, (bet) => everything.bets[bet]);
            questions.textContent = counted(row.dataset.questions, (question) => everything.questions[question]?.right);
            exercises.textContent = counted(row.dataset.exercises, (exercise) => everything.exercises[exercise]?.done);
        }
    }

    #give() {
        const text = JSON.stringify({ version: 1, ...all() }, null, 2);
        const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
        element("a", { href, download: FILE }).click();
        setTimeout(() => URL.revokeObjectURL(href), 0);
        this.status.textContent = `It is in ${FILE}, where your browser puts what it saves.`;
    }

    async #take(field) {
        const [file] = field.files;
        if (!file) return;
        try {
            const read = JSON.parse(await file.text());
            if (read?.version !== 1) throw new Error("another file");
            const [mine, theirs] = [all(), sound(read)];
            // What is here and not in the file stays.
            replace(Object.fromEntries(Object.keys(mine).map((kind) => [kind, { ...mine[kind], ...theirs[kind] }])));
            this.status.textContent = "What the file holds is here now, beside what was here before.";
        } catch {
            this.status.textContent = `${file.name} holds no progress that was saved here: nothing has changed.`;
        }
        field.value = "";
    }

    #forget() {
        if (!confirm("Forget chapters, bets, answers and exercises? Only a file that was saved brings them back.")) return;
        replace(sound(null));
        this.status.textContent = "All of it is forgotten.";
    }
}

/** `2 of 5`, of the things that are named; a dash where there are none. */
function counted(names, isDone) {
    const each = names.split(" ").filter(Boolean);
    return each.length === 0 ? "–" : `${each.filter(isDone).length} of ${each.length}`;
}
