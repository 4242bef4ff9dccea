// Answers on their way to the server. A message leaves this box only when the
// server has acknowledged it; until then it also lies in the browser's storage, so a
// reload, a crash or a dead battery loses nothing.

const MOST_AT_ONCE = 200;
const LONGEST_PAUSE = 15000;
const PATIENCE = 10000;

export class Outbox {
  /** `send(messages, options)` resolves to {acked, overruled, drop} or throws. */
  constructor({ attempt, epoch, send, changed }) {
    this.prefix = `exam:${attempt}:`;
    this.key = `${this.prefix}${epoch}`;
    this.epoch = epoch;
    this.seq = 0;
    this.send = send;
    this.changed = changed;
    this.pending = [];
    this.flying = new Set();
    this.failures = 0;
    this.timer = null;
    this.closed = false;
    this.adopt();
  }

  /** Take over what earlier openings of this room could not send. */
  adopt() {
    for (const key of this.keys()) {
      if (key === this.key) continue;
      try {
        this.pending.push(...JSON.parse(localStorage.getItem(key)));
        localStorage.removeItem(key);
      } catch {
        // What cannot be read cannot be sent.
      }
    }
    this.pending.sort((a, b) => a.epoch - b.epoch || a.seq - b.seq);
    this.keep();
  }

  keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
    } catch {
      return [];
    }
  }

  /** Storage may be full or forbidden; then the page itself holds the messages. */
  keep() {
    try {
      if (this.pending.length) localStorage.setItem(this.key, JSON.stringify(this.pending));
      else localStorage.removeItem(this.key);
    } catch {
      // Nothing else to do.
    }
  }

  put(no, value) {
    this.seq += 1;
    const message = { epoch: this.epoch, seq: this.seq, no, value };
    this.pending = this.pending.filter((m) => m.no !== no || this.flying.has(m));
    this.pending.push(message);
    this.keep();
    this.changed();
    this.soon(300);
  }

  /** "saved", "sending" or "local", for one question. */
  stateOf(no) {
    if (!this.pending.some((message) => message.no === no)) return "saved";
    return this.failures ? "local" : "sending";
  }

  latest() {
    return new Map(this.pending.map((message) => [message.no, message.value]));
  }

  soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  /** The page is going away: send what there is without waiting for an answer. */
  flushLeaving() {
    if (!this.pending.length || this.closed) return;
    const messages = this.pending.slice(0, MOST_AT_ONCE);
    this.send(messages, { keepalive: true }).then(
      (reply) => this.settle(messages, reply),
      () => {},
    );
  }

  /** Try to empty the box; resolves to whether it is empty. */
  async flush() {
    if (this.flight) return this.flight;
    this.flight = this.fly().finally(() => {
      this.flight = null;
    });
    return this.flight;
  }

  async fly() {
    while (this.pending.length && !this.closed) {
      const messages = this.pending.slice(0, this.single ? 1 : MOST_AT_ONCE);
      this.flying = new Set(messages);
      this.changed();
      try {
        const reply = await this.send(messages, { signal: AbortSignal.timeout?.(PATIENCE) });
        this.failures = 0;
        this.settle(messages, reply);
      } catch {
        this.failures += 1;
        this.flying = new Set();
        const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** Math.min(this.failures - 1, 4));
        this.soon(pause * (0.7 + 0.6 * Math.random()));
        this.changed();
        return false;
      }
    }
    this.changed();
    return this.pending.length === 0;
  }

  /** One bad message must not hold the others back: after a refusal of several they
      are sent one by one. */
  settle(messages, { acked = [], drop = false }) {
    this.flying = new Set();
    if (drop) {
      this.single = messages.length > 1;
      if (messages.length === 1) this.remove(new Set([rank(messages[0])]));
    } else {
      this.remove(new Set(acked.map((pair) => pair.join("/"))));
    }
    this.keep();
    this.changed();
  }

  remove(ranks) {
    this.pending = this.pending.filter((message) => !ranks.has(rank(message)));
    if (!this.pending.length) this.single = false;
  }
}

function rank(message) {
  return `${message.epoch}/${message.seq}`;
}
