// What this device keeps of an exam: every answer until the server has it for certain.
// IndexedDB if the browser has it, its plain storage if not; `lasting` says whether
// closing the page would lose anything.

const NAME = "exam-room";
const OPENING = 3000;
const DAYS_KEPT = 10;
// A page that is loaded again finds its own former self there for a moment.
const LEAVING = 1500;

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function opened() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    const log = request.result.createObjectStore("log", { keyPath: ["attempt", "epoch", "seq"] });
    log.createIndex("attempt", "attempt");
  };
  const tooLong = new Promise((_, reject) => setTimeout(reject, OPENING, new Error("blocked")));
  return Promise.race([done(request), tooLong]);
}

/** The log of one attempt on this device. */
export async function openStore(attempt) {
  try {
    const database = await opened();
    const store = new Database(database, attempt);
    await store.forgetOld();
    return store;
  } catch {
    return new Plain(attempt);
  }
}

class Database {
  lasting = true;

  constructor(database, attempt) {
    this.database = database;
    this.attempt = attempt;
  }

  log(mode) {
    return this.database.transaction("log", mode, { durability: "strict" }).objectStore("log");
  }

  key(message) {
    return [this.attempt, message.epoch, message.seq];
  }

  rows() {
    return done(this.log("readonly").index("attempt").getAll(this.attempt));
  }

  /** Keep a new message under the next number that no page has drawn, in one transaction
      with the drawing; resolves to the number. */
  async add(message) {
    try {
      const log = this.log("readwrite");
      const [epoch, highest] = [message.epoch, Number.MAX_SAFE_INTEGER];
      const drawn = IDBKeyRange.bound(this.key({ epoch, seq: 0 }), this.key({ epoch, seq: highest }));
      const last = await done(log.openKeyCursor(drawn, "prev"));
      const seq = Math.max(message.seq, (last?.primaryKey[2] ?? 0) + 1);
      await done(log.add({ ...message, seq, attempt: this.attempt, day: today() }));
      return seq;
    } catch {
      this.lasting = false;
      return message.seq;
    }
  }

  async put(...messages) {
    try {
      const log = this.log("readwrite");
      const kept = { attempt: this.attempt, day: today() };
      await Promise.all(messages.map((message) => done(log.put({ ...message, ...kept }))));
    } catch {
      this.lasting = false;
    }
  }

  async drop(...messages) {
    try {
      const log = this.log("readwrite");
      await Promise.all(messages.map((message) => done(log.delete(this.key(message)))));
    } catch {
      // A message too many is sent once more, which changes nothing.
    }
  }

  async clear() {
    await this.drop(...(await this.rows()));
  }

  async forgetOld() {
    const rows = await done(this.log("readonly").getAll());
    const old = rows.filter((row) => row.day < today() - DAYS_KEPT);
    const log = old.length ? this.log("readwrite") : null;
    for (const row of old) log.delete([row.attempt, row.epoch, row.seq]);
  }
}

const today = () => Math.floor(Date.now() / 86_400_000);

/** One entry of the browser's plain storage; it may be full or forbidden, and then the
    page itself is all there is. */
class Plain {
  constructor(attempt) {
    this.name = `${NAME}:${attempt}`;
    this.messages = new Map();
    this.lasting = true;
    this.read();
  }

  /** Another page may have written since. */
  read() {
    if (!this.lasting) return;
    try {
      const rows = JSON.parse(localStorage.getItem(this.name) ?? "[]");
      this.messages = new Map();
      for (const row of rows) this.set(row);
    } catch {
      this.lasting = false;
    }
  }

  set(row) {
    this.messages.set(`${row.epoch}/${row.seq}`, row);
  }

  write() {
    try {
      if (this.messages.size) localStorage.setItem(this.name, JSON.stringify([...this.messages.values()]));
      else localStorage.removeItem(this.name);
    } catch {
      this.lasting = false;
    }
  }

  async rows() {
    this.read();
    return [...this.messages.values()];
  }

  async add(message) {
    this.read();
    const drawn = [...this.messages.values()].filter((row) => row.epoch === message.epoch);
    const seq = Math.max(message.seq, ...drawn.map((row) => row.seq + 1));
    this.set({ ...message, seq });
    this.write();
    return seq;
  }

  async put(...messages) {
    this.read();
    messages.forEach((message) => this.set(message));
    this.write();
  }

  async drop(...messages) {
    this.read();
    for (const message of messages) this.messages.delete(`${message.epoch}/${message.seq}`);
    this.write();
  }

  async clear() {
    this.messages.clear();
    this.write();
  }
}

const lockOf = (attempt, epoch) => `${NAME}:${attempt}:${epoch}`;
const untilThePageGoes = () => new Promise(() => {});

/** Resolves to whether this is the only page of one opening of the room on this device:
    the worker may give back another while it is open. `lost` is called when another
    takes over. Where the browser cannot tell, the store at least lets the two draw
    different numbers. */
export function aloneIn(attempt, epoch, lost) {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    let held = false;
    const hold = () => {
      held = true;
      resolve(true);
      return untilThePageGoes();
    };
    const patience = new AbortController();
    setTimeout(() => patience.abort(), LEAVING);
    navigator.locks.request(lockOf(attempt, epoch), { signal: patience.signal }, hold).catch((fault) => {
      if (held) lost();
      resolve(fault.name !== "AbortError"); // else there are no locks to be had here
    });
  });
}

/** Resolves when no other page of the opening is left. */
export function leftAlone(attempt, epoch) {
  return navigator.locks.request(lockOf(attempt, epoch), () => {});
}

/** Resolves when the other page of the opening has been told to leave it to this one. */
export function takeOver(attempt, epoch) {
  return new Promise((resolve) => {
    const hold = () => {
      resolve();
      return untilThePageGoes();
    };
    navigator.locks.request(lockOf(attempt, epoch), { steal: true }, hold).catch(resolve);
  });
}
