// Gives the room of a running attempt back when there is no network: the page and its
// files as keeping.js put them on the device. It rules that one room and nothing else,
// and puts nothing on the device itself.

const CACHE = "exam-room";
const PATIENCE = 20_000; // milliseconds; past that a weak network counts as none
const restored = new Set();

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const isRoom = request.url.split(/[?#]/)[0] === self.registration.scope;
  if (request.mode === "navigate") {
    if (isRoom) event.respondWith(room(event));
  } else if (request.destination) event.respondWith(file(event));
});

/** The reply, if it begins in time; a request given up is ended, so that it does not
    open the room anew behind the page that was given instead. */
async function inTime({ url, headers, referrer, cache }) {
  const patience = new AbortController();
  const late = setTimeout(() => patience.abort(), PATIENCE);
  const { signal } = patience;
  const ours = { mode: "same-origin", credentials: "same-origin", redirect: "manual" };
  try {
    return await fetch(url, { headers, referrer, cache, signal, ...ours });
  } finally {
    clearTimeout(late);
  }
}

/** From the server, which alone knows whether it is still running; only if that is out
    of reach or broken, as it was kept. */
async function room({ request, resultingClientId }) {
  const kept = await keptRoom();
  if (!kept) return fetch(request);
  try {
    const reply = await inTime(request);
    if (reply.status < 500) return reply;
  } catch {
    // Out of reach.
  }
  restored.add(resultingClientId);
  return kept;
}

async function keptRoom() {
  const kept = await match(self.registration.scope);
  if (!kept || Date.now() <= Number(kept.headers.get("X-Kept-Until"))) return kept;
  await caches.delete(CACHE);
  return undefined;
}

/** A page that was kept takes the files that were kept with it. */
async function file({ request, clientId }) {
  if (restored.has(clientId)) return (await match(request)) ?? fetch(request);
  try {
    return await fetch(request);
  } catch {
    return (await match(request)) ?? Response.error();
  }
}

async function match(request) {
  return (await caches.has(CACHE)) ? (await caches.open(CACHE)).match(request) : undefined;
}
