// Answers on their way to the server. A message leaves this box only when the server
// has acknowledged it. All of them stay in the device's store until the exam is over,
// so a reload, a crash or a dead battery loses nothing, and a file can be made of them.

const MOST_AT_ONCE = 200;
const LONGEST_PAUSE = 15000;
const PATIENCE = 10000;
const SOON = 300;
const STORING = 2000;
// A browser sends 64 kB in all for a page that goes away, and refuses what is more.
const MOST_LEAVING = 60000;

/** How long to wait after so many failures; not all devices at the same time. */
export function backOff(failures) {
  const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** Math.min(failures - 1, 4));
  return pause * (0.7 + 0.6 * Math.random());
}

export const sleep = (pause) => new Promise((done) => setTimeout(done, pause));

/** The server was reached and broke: thrown by `send`. */
export class Broken extends Error {}

export class Outbox {
  /** `send(messages, options)` resolves to {acked, overruled, drop} or throws; `left()`
      is what the clock shows. Takes over what earlier openings could not send. */
  static async open({ store, epoch, ...rest }) {
    const rows = await store.rows().catch(() => []);
    return new Outbox({ store, epoch, rows, ...rest });
  }

  constructor({ store, epoch, rows, send, left, changed }) {
    Object.assign(this, { store, epoch, send, left, changed });
    const own = rows.filter((row) => row.epoch === epoch).sort((a, b) => a.seq - b.seq);
    this.seq = own.at(-1)?.seq ?? 0;
    // What was given in this opening already, acknowledged or not.
    this.given = new Map(own.map((row) => [row.no, row.value]));
    this.pending = rows.filter((row) => !row.acked).map(asMessage);
    this.pending.sort((a, b) => a.epoch - b.epoch || a.seq - b.seq);
    this.flying = new Set();
    this.unstored = new Set();
    this.leaving = new Map();
    this.failures = 0;
    this.breaks = 0;
    this.most = MOST_AT_ONCE;
    this.aside = new Set();
    this.timer = null;
    this.closed = false;
  }

  /** The store has the last word on the number: another page of the same opening, given
      back by the worker, may have drawn it already. */
  put(no, value) {
    this.seq += 1;
    const left = Math.round(this.left());
    const message = { epoch: this.epoch, seq: this.seq, no, value, left };
    const isOld = (other) => other.no === no && !this.flying.has(other);
    const old = this.pending.filter(isOld);
    this.pending = this.pending.filter((other) => !isOld(other));
    this.pending.push(message);
    this.unstored.add(message);
    this.writing = this.store.add({ ...message, acked: false }).then((seq) => {
      message.seq = seq;
      this.seq = Math.max(this.seq, seq);
      this.unstored.delete(message);
      this.changed();
      // In this order: at no time is there no answer in the store.
      if (old.length) return this.store.drop(...old);
    });
    this.changed();
    this.soon(SOON);
  }

  /** "saved", "sending" or "local", for one question or for all of them. "local" waits
      for the store: once it has written, closing the page loses nothing. Where it cannot
      write (`store.lasting`), the page says so besides. */
  stateOf(no = null) {
    const waiting = this.pending.filter((message) => no === null || message.no === no);
    if (!waiting.length) return "saved";
    const stored = !waiting.some((message) => this.unstored.has(message));
    return this.failures && stored ? "local" : "sending";
  }

  /** Resolves when all that was given lies in the store. */
  async stored() {
    await this.writing;
  }

  latest() {
    return new Map(this.pending.map((message) => [message.no, message.value]));
  }

  soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  /** The page is going away: send what the browser takes without waiting for an answer,
      the oldest first. A page that lives on sends the next part after the reply; else the
      rest lies in the store and goes up when the room is opened again. */
  flushLeaving() {
    const messages = this.closed ? [] : this.fitting();
    if (!messages.length) return;
    this.send(messages, { keepalive: true })
      .finally(() => messages.forEach((message) => this.leaving.delete(message)))
      .then(
        (reply) => {
          this.settle(messages, reply);
          if (reply.acked?.length) this.flushLeaving();
        },
        () => {},
      );
  }

  /** What goes into one such part beside those under way; they count as leaving. */
  fitting() {
    const messages = [];
    let room = MOST_LEAVING - [...this.leaving.values()].reduce((sum, size) => sum + size, 0);
    for (const message of this.pending) {
      const size = sizeOf(message);
      if (messages.length === MOST_AT_ONCE) break;
      if (this.leaving.has(message) || size > room) continue;
      room -= size;
      this.leaving.set(message, size);
      messages.push(message);
    }
    return messages;
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
      // A store that hangs must not keep an answer from the server.
      if (this.unstored.size) await Promise.race([this.writing, sleep(STORING)]);
      const messages = this.next();
      if (!messages.length) break;
      this.flying = new Set(messages);
      this.changed();
      try {
        const reply = await this.send(messages, { signal: AbortSignal.timeout?.(PATIENCE) });
        this.failures = 0;
        this.breaks = 0;
        this.most = Math.min(MOST_AT_ONCE, 2 * this.most);
        this.settle(messages, reply);
      } catch (fault) {
        this.failures += 1;
        this.flying = new Set();
        if (fault instanceof Broken) this.broke(messages);
        this.soon(backOff(this.failures));
        this.changed();
        return false;
      }
    }
    this.changed();
    return this.pending.length === 0;
  }

  next() {
    if (this.pending.every((message) => this.aside.has(message))) this.aside.clear();
    const ready = this.pending.filter((message) => !this.aside.has(message));
    return ready.slice(0, this.single ? 1 : this.most);
  }

  /** What the server breaks at must not hold the others back either: the second time
      it is asked for one message alone, then for more as it takes them; the one that it
      breaks at waits until the others have arrived. */
  broke(messages) {
    this.breaks += 1;
    if (messages.length === 1) this.aside.add(messages[0]);
    if (this.breaks > 1 || this.most < MOST_AT_ONCE) this.most = 1;
  }

  /** One bad message must not hold the others back: after a refusal of several they
      are sent one by one. */
  settle(messages, { acked = [], drop = false }) {
    this.flying = new Set();
    if (drop) {
      this.single = messages.length > 1;
      if (messages.length === 1) {
        this.remove(messages);
        this.store.drop(...messages);
      }
    } else {
      const ranks = new Set(acked.map((pair) => pair.join("/")));
      const arrived = messages.filter((message) => ranks.has(rank(message)));
      this.remove(arrived);
      this.store.put(...arrived.map((message) => ({ ...message, acked: true })));
    }
    this.changed();
  }

  remove(messages) {
    const ranks = new Set(messages.map(rank));
    this.pending = this.pending.filter((message) => !ranks.has(rank(message)));
    if (!this.pending.length) this.single = false;
  }
}

/** In bytes, with the comma after it. */
const sizeOf = (message) => new TextEncoder().encode(JSON.stringify(message)).length + 1;

const rank = (message) => `${message.epoch}/${message.seq}`;

export const asMessage = ({ epoch, seq, no, value, left }) => ({ epoch, seq, no, value, left });
