// How many trainings of a sweep go on side by side.

/**
 * Measured with the first lesson's network on two cores: in Node, two trainers in two threads took 0.48 to 0.54 of the time
 * of one that did the same trainings in a row, wherever both had a core to themselves, and no more of the processors' time:
 * they do not hold each other up. In Chromium, with the page and other work beside them, it was 0.64 to 1.08. A page needs a
 * core for itself, so there is one trainer where there are two cores, as on a cheap phone, and two from four cores on. More
 * than two are not worth their memory, since each holds all images, and most phones have few fast cores.
 * @param cores what the browser says there are; undefined where it does not
 * @param trainings how many are left
 */
export const lanesOn = (cores: number | undefined, trainings: number): number =>
  Math.min((cores ?? 1) >= 4 ? 2 : 1, Math.max(1, trainings));
