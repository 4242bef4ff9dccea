// What this device keeps of an exam: every answer until the server has it for certain.
// IndexedDB if the browser has it, its plain storage if not; `lasting` says whether
// closing the page would lose anything.

const NAME = "exam-room";
const OPENING = 3000;
const DAYS_KEPT = 10;

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
    try {
      for (const row of JSON.parse(localStorage.getItem(this.name) ?? "[]")) this.set(row);
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
    return [...this.messages.values()];
  }

  async put(...messages) {
    messages.forEach((message) => this.set(message));
    this.write();
  }

  async drop(...messages) {
    for (const message of messages) this.messages.delete(`${message.epoch}/${message.seq}`);
    this.write();
  }

  async clear() {
    this.messages.clear();
    this.write();
  }
}
