// What follows a question is covered until the bet is placed. It keeps its room, so that nothing jumps when it appears.

export class Cover {
    /**
     * @param {HTMLElement} section  the question
     * @param {HTMLElement | null} chart  the chart of the answer
     */
    constructor(section, chart) {
        this.blocks = following(section, chart);
        if (chart && !this.blocks.includes(chart)) this.blocks.push(chart);
    }

    lay() {
        for (const block of this.blocks) block.classList.add("is-covered");
    }

    lift() {
        for (const block of this.blocks) block.classList.remove("is-covered");
    }
}

/** From the question to the chart, or to the next heading if that comes first. */
function following(section, chart) {
    const blocks = [];
    for (let block = section.nextElementSibling; block; block = block.nextElementSibling) {
        if (block.matches("h1, h2, h3, section, script")) break;
        blocks.push(block);
        if (block === chart || block.contains(chart)) break;
    }
    return blocks;
}
