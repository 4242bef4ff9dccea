// Keeps the room's page on the device while its attempt runs, so that worker.js can give
// it back without a network: the paper as the server sent it, without a key, and its
// files. The answers are in the store. One room at a time is kept, for one person:
// site.js lets it go when anybody else, or nobody, is signed in.

const CACHE = "exam-room";
const MARK = "exam-room:kept";
const TIME = "exam-room:time";
const GUARDS = ["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"];

/** The page as it came, to be taken before any script changes it. */
export function pageAsSent() {
  const copy = document.documentElement.cloneNode(true);
  copy.querySelector("#room").dataset.kept = "";
  return `<!doctype html>${copy.outerHTML}`;
}

/** Keep `page` until the instant `until`; resolves to whether it is kept. */
export async function keepRoom({ page, scope, worker, until }) {
  try {
    const script = await fetch(worker);
    if (!script.ok || script.redirected) return false;
    const headers = new Headers({ "Content-Type": "text/html; charset=utf-8", "X-Kept-Until": until });
    for (const name of GUARDS) headers.set(name, script.headers.get(name) ?? "");
    await navigator.serviceWorker.register(worker, { scope });
    await navigator.serviceWorker.ready;
    localStorage.setItem(MARK, JSON.stringify({ scope, person: document.body.dataset.person }));
    const cache = await caches.open(CACHE);
    const files = filesOf(document);
    const known = new Set([...files, new URL(scope, location).href]);
    for (const old of await cache.keys()) if (!known.has(old.url)) await cache.delete(old);
    await cache.addAll(files);
    if (!localStorage.getItem(MARK)) return false; // the end came in between
    await cache.put(scope, new Response(page, { headers }));
    return true;
  } catch {
    // No worker in this browser, on this address or in this window; or no room.
    return false;
  }
}

/** Everything that the page has loaded: styles, scripts with what they import, signs. */
function filesOf(document) {
  const named = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], use")];
  const wanted = [
    ...named.map((element) => element.getAttribute("href")),
    ...[...document.scripts].map((script) => script.src),
    ...performance.getEntriesByType("resource").filter(isFile).map((entry) => entry.name),
  ].filter(Boolean);
  const addresses = wanted.map((address) => new URL(address, location).href.split("#")[0]);
  return [...new Set(addresses)].filter((address) => address.startsWith(location.origin));
}

const isFile = (entry) => !["fetch", "xmlhttprequest", "beacon"].includes(entry.initiatorType);

export async function forgetRoom(scope) {
  try {
    localStorage.removeItem(MARK);
    localStorage.removeItem(TIME);
    await caches.delete(CACHE);
    await (await navigator.serviceWorker.getRegistration(scope))?.unregister();
  } catch {
    // Then nothing was kept.
  }
}

/** What the clock shows, and how many absences were counted, for a page given back. */
export function keepTime({ attempt, left, absences }) {
  try {
    localStorage.setItem(TIME, JSON.stringify({ attempt, left, absences, at: Date.now() }));
  } catch {
    // A page given back begins with the time that it was sent with.
  }
}

/** No steady counter outlives a page: between two pages the wall clock has to do. Set
    back it gains nothing, for no more is left than was shown last. */
export function keptTime(attempt) {
  try {
    const kept = JSON.parse(localStorage.getItem(TIME));
    if (kept?.attempt !== attempt) return {};
    const passed = Math.max(0, (Date.now() - kept.at) / 1000);
    return { left: Math.max(0, kept.left - passed), absences: kept.absences };
  } catch {
    return {};
  }
}
