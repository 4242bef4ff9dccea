// The exam room. Without this file every question is a plain form and works; with
// it, answers go up as they are given and the page tells the truth about each.

import { canSave, saveFile } from "./answersfile.js";
import { Clock, pageBegan } from "./clock.js";
import { forgetRoom, keepRoom, keepTime, keptTime, pageAsSent } from "./keeping.js";
import { wireOrderings } from "./ordering.js";
import { backOff, Broken, Outbox, sleep } from "./outbox.js";
import { aloneIn, leftAlone, openStore, takeOver } from "./store.js";

const ANEW = "anew";
const MOST_ANEW = 4;
const room = document.getElementById("room");
const facts = room.dataset;
const find = (selector, within = room) => within.querySelector(selector);
const all = (selector, within = room) => [...within.querySelectorAll(selector)];
const say = (name) => find(`[data-say="${name}"]`);

const bar = document.querySelector(".room-bar");
const questions = all(".room__question");
// Given back by the worker, without a network: the page is older than its answers.
const isKept = "kept" in facts;
// How often in a row it was asked for since, and given back all the same.
const timesAnew = Number(new URLSearchParams(location.search).get(ANEW));
const page = pageAsSent();
const before = isKept ? keptTime(facts.attempt) : {};
const clock = isKept
  ? new Clock(before.left ?? Number(facts.remaining), performance.now())
  : new Clock(Number(facts.remaining), pageBegan());
const tokenField = find("[data-submit] [name=csrfmiddlewaretoken]");
const stale = new Set();
const store = await openStore(facts.attempt);
const isAlone = await aloneIn(facts.attempt, facts.epoch, leaveWithAll);
let over = false;
let elsewhere = false;
let signedOut = false;
let met = false;
let absences = [];
let absenceNumber = before.absences ?? 0;
let leftAt = null;
// A save says as much as a pulse but for what others gave and overseers say, and of that
// it says whether there is anything new. Milliseconds.
const PULSE_IN_SILENCE = 60_000;
const PULSE_ANYWAY = 300_000;
let repliedAt = performance.now();
let pulsedAt = performance.now();
let saidUpTo = Number(facts.said);

// ---- talking to the server -------------------------------------------------------

class Ended extends Error {}

/** Ask, keep the time by the middle of the journey, and say what is in the way. */
async function ask(url, options = {}) {
  const began = performance.now();
  const reply = await fetch(url, { redirect: "manual", credentials: "same-origin", ...options });
  if (reply.type === "opaqueredirect" || reply.status === 401) {
    signedOut = true;
    quiet("offline");
    notice("signed-out");
    throw new Error("signed out");
  }
  if (reply.status === 409 || reply.status === 404) throw new Ended();
  if (reply.status === 422) return { drop: true };
  if (reply.status === 403) await freshToken();
  if (reply.status >= 500) throw new Broken(String(reply.status));
  if (!reply.ok) throw new Error(String(reply.status));
  const told = await reply.json();
  clock.set(told.remaining, (began + performance.now()) / 2);
  if (told.token) tokenField.value = told.token;
  if (told.until) find("[data-until]", bar).textContent = told.until;
  for (const [id, words] of told.messages ?? []) hear(id, words);
  catchUp(told.others ?? {});
  if (told.open === false) throw new Ended();
  if (signedOut) keep();
  signedOut = false;
  quiet("signed-out", "offline");
  rememberTime();
  if (told.epoch > Number(facts.epoch)) await openAnew();
  met = true;
  repliedAt = performance.now();
  if (told.said > saidUpTo) listen(told.said);
  return told;
}

/** Overseers said something since. The answer that brought the word of it has arrived,
    whatever becomes of this. */
async function listen(upTo) {
  const before = saidUpTo;
  saidUpTo = upTo;
  try {
    await feelPulse();
  } catch (fault) {
    saidUpTo = before;
    if (fault instanceof Ended) end();
  }
}

/** The room was opened again since this page was sent. A page that the worker gave back
    may itself be the reason: its request reached the server, whose reply was lost. So
    whoever looks at it gets the room from the server; where the worker was out of reach
    of that once more, in a while. Past some tries it is another's. */
async function openAnew() {
  const isOurs = isKept && !met && timesAnew < MOST_ANEW;
  if (over || !isOurs || document.visibilityState !== "visible" || !store.lasting) return leaveToOther();
  typed.forEach(take);
  lock();
  await outbox.stored();
  if (timesAnew) await sleep(backOff(timesAnew));
  location.replace(`${location.pathname}?${ANEW}=${timesAnew + 1}${location.hash}`);
}

/** After signing in again in another window the old token no longer counts. */
async function freshToken() {
  const reply = await fetch(facts.pulseUrl, { redirect: "manual" });
  if (reply.ok) tokenField.value = (await reply.json()).token;
}

/** Time, state and messages; with it goes up how long the page was out of sight. */
async function feelPulse() {
  const reported = [...absences];
  pulsedAt = performance.now();
  if (!reported.length) return ask(facts.pulseUrl);
  const told = await ask(facts.pulseUrl, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": tokenField.value },
    body: JSON.stringify({ away: reported }),
  });
  absences = absences.filter((absence) => !reported.includes(absence));
  return told;
}

async function send(messages, options) {
  try {
    const told = await ask(facts.answerUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": tokenField.value },
      body: JSON.stringify({ answers: messages }),
      ...options,
    });
    if (told.drop && messages.length === 1) {
      markOn(messages[0].no, "refused");
      stale.add(messages[0].no);
    }
    for (const [no, value] of Object.entries(told.overruled ?? {})) fill(Number(no), value);
    return told;
  } catch (fault) {
    if (fault instanceof Ended) end();
    throw fault;
  }
}

const outbox = await Outbox.open({
  store,
  epoch: Number(facts.epoch),
  send,
  left: () => clock.left,
  changed: show,
});

// ---- questions and answers -------------------------------------------------------

const number = (question) => Number(question.dataset.no);
const place = (no) => find(`[data-place="${no}"]`);
const questionOf = (no) => questions.find((question) => number(question) === no);

const WRITTEN = "input[type=text], textarea";
// Half a sign: an emoji that a field's length cut in two.
const HALVES = /\p{Surrogate}/gu;

/** What is answered within an element: words, selected places, or ticked ones. */
function read(within) {
  const parts = all("[data-part]", within);
  if (parts.length) {
    const values = parts.map(read).map((value) => (value.length ? value : null));
    return values.some((value) => value !== null) ? values : [];
  }
  const words = find(WRITTEN, within);
  if (words) return words.value.replace(HALVES, "").trim();
  const lists = all("select", within);
  if (!lists.length) return all("input:checked", within).map((input) => Number(input.value));
  const places = lists.map((list) => (list.value === "" ? null : Number(list.value)));
  return places.some((place) => place !== null) ? places : [];
}

const isAnswered = (question) => read(question).length > 0;

function fill(no, value) {
  const question = questionOf(no);
  if (!question) return;
  put(question, value);
  question.dispatchEvent(new Event("filled"));
}

function put(within, value) {
  const parts = all("[data-part]", within);
  if (parts.length) return parts.forEach((part, at) => put(part, value?.[at] ?? null));
  const words = find(WRITTEN, within);
  if (words) words.value = value ?? "";
  all("select", within).forEach((list, at) => {
    list.value = value?.[at] ?? "";
  });
  for (const input of all("input[type=radio], input[type=checkbox]", within)) {
    input.checked = (value ?? []).includes(Number(input.value));
  }
}

/** Whether the person has answered otherwise than the page came from the server: on a
    slow network that can be before this file has arrived. */
function isTouched(question) {
  const inputs = all("input[type=radio], input[type=checkbox]", question);
  const words = all(WRITTEN, question);
  const lists = all("select", question);
  return (
    inputs.some((input) => input.checked !== input.defaultChecked) ||
    words.some((input) => input.value !== input.defaultValue) ||
    lists.some((list) => list.value !== (find("[selected]", list) ?? list.options[0]).value)
  );
}

/** What an earlier opening of the room, on another device say, could send only now. */
function catchUp(others) {
  const ours = outbox.latest();
  const news = Object.entries(others).filter(([no]) => !ours.has(Number(no)) && !mine.has(Number(no)));
  for (const [no, value] of news) {
    fill(Number(no), value);
    notice("others");
  }
  if (news.length) show();
}

const mine = new Set(isKept ? outbox.given.keys() : []);
const typed = new Set();

function take(question) {
  typed.delete(question);
  if (over || elsewhere) return;
  stale.delete(number(question));
  mine.add(number(question));
  const value = read(question);
  outbox.put(number(question), value.length ? value : null);
}

function wire(question) {
  let typing;
  find("form", question).addEventListener("submit", (event) => {
    event.preventDefault();
    take(question);
    step(1);
  });
  question.addEventListener("input", (event) => {
    clearTimeout(typing);
    typed.add(question);
    if (event.target.matches(WRITTEN)) typing = setTimeout(() => take(question), 600);
  });
  question.addEventListener("change", () => {
    clearTimeout(typing);
    take(question);
  });
}

// ---- one question at a time ------------------------------------------------------

function here() {
  const wanted = questions.findIndex((question) => `#${question.id}` === location.hash);
  return Math.max(0, wanted);
}

function turn() {
  const index = here();
  questions.forEach((question, at) => question.classList.toggle("room__question--here", at === index));
  for (const link of all("[data-place]")) link.removeAttribute("aria-current");
  place(number(questions[index])).setAttribute("aria-current", "true");
  find('[data-step="-1"]').disabled = index === 0;
  find('[data-step="1"]').disabled = index === questions.length - 1;
}

function step(by) {
  const next = questions[Math.min(questions.length - 1, Math.max(0, here() + by))];
  history.replaceState(null, "", `#${next.id}`);
  turn();
  window.scrollTo({ top: 0 });
  find("[data-inputs] :is(input, textarea, select, button):not([hidden])", next)?.focus({ preventScroll: true });
}

// ---- what the page shows ---------------------------------------------------------

function show() {
  const waiting = new Set(outbox.pending.map((message) => message.no));
  const line = find(".room-bar__truth", bar);
  line.dataset.truth = outbox.stateOf();
  for (const count of all("[data-count]", line)) count.textContent = waiting.size || "";
  if (outbox.failures > 1 && !over && !signedOut) notice("offline");
  if (!store.lasting) notice("fleeting");
  if (!outbox.failures) quiet("offline");
  questions.forEach(showState);
  find("[data-answered]").textContent = questions.filter(isAnswered).length;
}

function showState(question) {
  const no = number(question);
  const link = place(no);
  const state = outbox.stateOf(no);
  link.dataset.state = state;
  link.toggleAttribute("data-answered-place", isAnswered(question));
  const words = [say(isAnswered(question) ? "answered" : "unanswered").textContent];
  if (state !== "saved") words.push(say(state).textContent);
  find("[data-words]", link).textContent = ` ${words.join(" ")}`;
  if (stale.has(no)) return;
  markOn(no, isAnswered(question) || state !== "saved" ? state : "");
}

function markOn(no, name) {
  const line = find("[data-saved]", questionOf(no));
  const words = name ? say(name).textContent : "";
  if (line.textContent !== words) line.textContent = words;
}

function notice(name) {
  const notices = find("[data-notices]");
  if (find(`[data-notice="${name}"]`, notices)) return;
  const box = document.createElement("div");
  box.className = "message message--warning";
  box.dataset.notice = name;
  const words = document.createElement("p");
  words.append(...[...say(name).childNodes].map((node) => node.cloneNode(true)));
  for (const button of all("[data-save-file]", words)) button.hidden = !canSave();
  box.append(words);
  notices.append(box);
}

/** What the overseers say, shown once and kept in sight. */
function hear(id, words) {
  const messages = find("[data-messages]");
  if (find(`[data-message="${id}"]`, messages)) return;
  const box = document.createElement("div");
  box.className = "message message--info";
  box.dataset.message = id;
  const line = document.createElement("p");
  line.textContent = words;
  box.append(line);
  messages.append(box);
}

/** The page is out of sight, or back: evidence for the overseers, told in the rules. */
function leave() {
  leftAt ??= performance.now();
}

function comeBack() {
  if (leftAt === null || over) return;
  absenceNumber += 1;
  const seconds = Math.round((performance.now() - leftAt) / 1000);
  absences.push({ epoch: Number(facts.epoch), seq: absenceNumber, seconds });
  leftAt = null;
}

function quiet(...names) {
  for (const name of names) find(`[data-notices] [data-notice="${name}"]`)?.remove();
}

function lock() {
  for (const inputs of all("[data-inputs]")) inputs.disabled = true;
}

function leaveToOther() {
  if (elsewhere) return;
  elsewhere = true;
  lock();
  notice("elsewhere");
}

/** The other page of this opening goes on: what stands here half typed counts too. */
function leaveWithAll() {
  typed.forEach(take);
  leaveToOther();
}

/** The other page of this opening is gone: begin here as soon as somebody looks. */
function comeInstead() {
  if (document.visibilityState === "visible") location.reload();
  else document.addEventListener("visibilitychange", comeInstead, { once: true });
}

// ---- the end ---------------------------------------------------------------------

/** The server says that it is over. What did not arrive in time lies in the store, and
    the page with the result sends it as late; a browser that stores nothing stays here. */
async function end() {
  over = true;
  outbox.closed = true;
  lock();
  quiet("offline", "over", "waiting");
  await forgetRoom(facts.scope);
  if (outbox.pending.length && !store.lasting) notice("late");
  else location.replace(facts.resultUrl);
}

/** By our clock the time is up: send what is left, then hand in. */
async function timeUp() {
  typed.forEach(take);
  over = true;
  lock();
  quiet("ten", "one", "offline");
  notice("over");
  for (let tries = 1; !outbox.closed; tries += 1) {
    try {
      if (await outbox.flush()) {
        const told = await feelPulse();
        if (told.remaining > 1) return resume();
        store.clear();
        await forgetRoom(facts.scope);
        find("[data-submit]").submit();
        return;
      }
    } catch (fault) {
      if (fault instanceof Ended) return end();
    }
    quiet("over");
    notice("waiting");
    const online = new Promise((done) => window.addEventListener("online", done, { once: true }));
    await Promise.race([sleep(backOff(tries)), online]);
  }
}

/** The time was made longer while we counted. */
function resume() {
  over = false;
  for (const inputs of all("[data-inputs]")) inputs.disabled = false;
  quiet("over", "waiting");
}

function tick() {
  if (over) return;
  find("[data-clock]", bar).textContent = clock.words;
  const left = clock.left;
  find(".room-bar__time", bar).classList.toggle("room-bar__time--soon", left <= 300);
  if (left <= 600 && left > 540) notice("ten");
  else quiet("ten");
  if (left <= 60 && left > 0) notice("one");
  else quiet("one");
  if (left === 0 && !elsewhere) timeUp();
}

// ---- without a network -----------------------------------------------------------

function rememberTime() {
  if (!over) keepTime({ attempt: facts.attempt, left: clock.left, absences: absenceNumber });
}

/** Put the page on the device. What a browser cannot store again is not kept either. */
async function keep() {
  if (over || !store.lasting) return;
  const until = Date.now() + 1000 * (clock.left + Number(facts.late));
  room.dataset.keeps = await keepRoom({ page, scope: facts.scope, worker: facts.worker, until });
  find("[data-keeps-word]").hidden = room.dataset.keeps !== "true";
}

// ---- begin -----------------------------------------------------------------------

/** Never more than a pulse a minute, answered or not: a server that broke has enough to
    do when it comes back. */
function wakeIfQuiet() {
  const now = performance.now();
  const silence = now - Math.max(repliedAt, pulsedAt);
  const longest = absences.length ? PULSE_IN_SILENCE : PULSE_ANYWAY;
  if (silence >= PULSE_IN_SILENCE || now - pulsedAt >= longest) wake();
}

function wake() {
  if (outbox.pending.length) outbox.flush();
  else if (!over) feelPulse().catch((fault) => fault instanceof Ended && end());
}

if (!isKept && timesAnew) {
  history.replaceState(null, "", `${location.pathname}${location.hash}`);
}
const early = questions.filter(isTouched);
wireOrderings(room);
const given = isKept ? new Map([...outbox.given, ...outbox.latest()]) : outbox.latest();
for (const [no, value] of given) if (!early.includes(questionOf(no))) fill(no, value);
questions.forEach(wire);
if (!isAlone) {
  leaveToOther();
  leftAlone(facts.attempt, facts.epoch).then(comeInstead);
  find("[data-notice=elsewhere] a").addEventListener("click", async (event) => {
    event.preventDefault();
    await takeOver(facts.attempt, facts.epoch);
    location.reload();
  });
}
early.forEach(take);
for (const button of all("[data-step]")) {
  button.hidden = false;
  button.addEventListener("click", () => step(Number(button.dataset.step)));
}
for (const link of document.querySelectorAll("[data-review]")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    quiet("unsent");
    if (await outbox.flush()) location.assign(facts.reviewUrl);
    else notice("unsent");
  });
}
// At the side of a desk's window there is room for the map; on a phone it is a tap away.
if (window.matchMedia("(min-width: 60rem)").matches) find("[data-map]").open = true;
window.addEventListener("hashchange", turn);
window.addEventListener("online", wake);
window.addEventListener("pagehide", () => {
  typed.forEach(take);
  outbox.flushLeaving();
});
document.addEventListener("click", (event) => {
  const key = facts.key;
  if (!event.target.closest("[data-notices] [data-save-file]")) return;
  saveFile({ attempt: facts.attempt, key, store, pending: outbox.pending });
});
window.addEventListener("pageshow", (event) => event.persisted && wake());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") {
    leave();
    rememberTime();
    typed.forEach(take);
    outbox.flushLeaving();
  } else {
    comeBack();
    wake();
  }
});
window.addEventListener("beforeunload", (event) => {
  const comesBack = room.dataset.keeps === "true";
  if (outbox.pending.length && !outbox.closed && outbox.failures && !comesBack) event.preventDefault();
});
turn();
room.classList.add("room--ready");
show();
tick();
setInterval(tick, 500);
setInterval(wakeIfQuiet, 10_000);
setInterval(rememberTime, 5000);
rememberTime();
if (isKept) {
  notice("offline");
  wake();
} else if (outbox.pending.length) outbox.soon(0);
if (isKept) room.dataset.keeps = true;
else if (document.readyState === "complete") keep();
else window.addEventListener("load", keep);
