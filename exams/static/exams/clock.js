// The time left, by the server's word and this device's steady counter. The wall
// clock, which anybody can set, is not read here (keeping.js bridges a reload by it).

export class Clock {
  constructor(remaining, since) {
    this.set(remaining, since);
  }

  /** `remaining` seconds were left at the instant `at` of performance.now(). */
  set(remaining, at) {
    this.end = at + remaining * 1000;
  }

  get left() {
    return Math.max(0, (this.end - performance.now()) / 1000);
  }

  get words() {
    const seconds = Math.ceil(this.left);
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
    return hours ? `${hours}:${rest}` : rest;
  }
}

/** When the server wrote this page, as near as the browser can tell. */
export function pageBegan() {
  return performance.getEntriesByType("navigation")[0]?.responseStart || 0;
}
