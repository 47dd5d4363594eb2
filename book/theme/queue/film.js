// A recorded run, tick by tick: where each of its items is.

/**
 * @typedef {object} Recorded  a run
 * @property {number} capacity  the queue's places
 * @property {number} serve     the ticks that the consumer needs for an item
 * @property {string} taken     for each tick how many items were taken, a digit each
 * @property {string} sent      for each tick how many found a place afterwards
 *
 * @typedef {object} Frame  how it is after a tick; items are counted in the order in which they are made
 * @property {number} made  so many are there
 * @property {number} sent  so many have come into the queue
 * @property {number} done  so many have been taken out of it
 */

/**
 * @param {Recorded} run
 * @returns {Frame[]} the first is before the first tick
 */
export function framesOf({ taken, sent }) {
    const frames = [{ made: 0, sent: 0, done: 0 }];
    for (let tick = 0; tick < taken.length; tick += 1) {
        const { made, sent: before, done } = frames[tick];
        frames.push({ made: made + 1, sent: before + Number(sent[tick]), done: done + Number(taken[tick]) });
    }
    return frames;
}

/** What a frame shows, in words. */
export function told({ made, sent, done }, { capacity }, tick) {
    const [queue, door] = [sent - done, made - sent];
    const full = queue === capacity ? ", and full" : "";
    const waits = door > 0 ? `; the producer waits with ${door}` : "; the producer waits for nothing";
    return `Tick ${tick}: ${done} done, ${queue} of ${capacity} ${capacity === 1 ? "place" : "places"} taken${full}${waits}.`;
}
