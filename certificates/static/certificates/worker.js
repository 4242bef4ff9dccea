// Keeps the page that verifies, its scripts, the authority's keys and the list of
// revoked certificates on the device. It rules /verify/ and nothing else. The view puts
// FACTS before this text.

const CACHE = `verify-${FACTS.version}`;
const PATIENCE = 8000; // milliseconds; past that a weak network counts as none

self.addEventListener("install", (event) => {
  event.waitUntil(stock().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clear().then(() => self.clients.claim()));
});

/** Fetch all that the page needs; if a part is missing, the former worker stays. */
async function stock() {
  const cache = await caches.open(CACHE);
  const page = await fetch(FACTS.page, { cache: "reload" });
  if (!page.ok) throw new Error(String(page.status));
  await cache.put(FACTS.page, page.clone());
  const named = [...(await page.text()).matchAll(/(?:href|src)="([^"#]+)/g)].map((m) => m[1]);
  const files = named.filter((address) => address.startsWith(FACTS.files));
  const all = new Set([...files, ...FACTS.scripts, ...FACTS.lists]);
  await cache.addAll([...all].map((address) => new Request(address, { cache: "reload" })));
}

async function clear() {
  for (const name of await caches.keys()) {
    if (name.startsWith("verify-") && name !== CACHE) await caches.delete(name);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  const path = address.pathname;
  if (FACTS.lists.includes(path)) event.respondWith(newest(request, path));
  else if (request.mode === "navigate") event.respondWith(newestPage(request, path));
  else if (path.startsWith(FACTS.files)) event.respondWith(kept(request));
});

function inTime(promise) {
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error("late")), PATIENCE));
  return Promise.race([promise, late]);
}

/** From the network, and kept; without one as it was kept last. */
async function newest(request, path) {
  const cache = await caches.open(CACHE);
  try {
    const reply = await inTime(fetch(request));
    if (!reply.ok) throw new Error(String(reply.status));
    await cache.put(path, reply.clone());
    return reply;
  } catch {
    return (await cache.match(path)) ?? Response.error();
  }
}

/** Any address under /verify/; without a network the page that verifies by itself. */
async function newestPage(request, path) {
  const cache = await caches.open(CACHE);
  try {
    const reply = await inTime(fetch(request));
    if (path === FACTS.page && reply.ok) await cache.put(path, reply.clone());
    return reply;
  } catch {
    return (await cache.match(FACTS.page)) ?? Response.error();
  }
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? fetch(request);
}
