// The page that verifies by itself: a code comes in by camera, by paste or with the
// address, and is judged on the device. Nothing is sent anywhere.

import { Unreadable, isOf, judge, openList, read } from "./codes.js";

const facts = JSON.parse(document.getElementById("offline-facts").textContent);
const find = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
const form = find("[data-form]");
const HOUR = 3_600_000;

// ---- what the device keeps -------------------------------------------------------

async function fetched(address) {
  try {
    const reply = await fetch(address, { cache: "no-cache" });
    return reply.ok ? await reply.json() : null;
  } catch {
    return null;
  }
}

async function equipment() {
  const [keySet, signed] = await Promise.all([fetched(facts.keys), fetched(facts.revocations)]);
  const keys = (keySet?.keys ?? []).filter((key) => key.crv === "Ed25519");
  const list = signed && (await openList(signed, keys));
  tellAge(keys, signed, list);
  return { keys, list };
}

function tellAge(keys, signed, list) {
  const { words } = facts;
  const hours = list ? Math.max(0, Math.floor((Date.now() - list.made) / HOUR)) : 0;
  let [said, isGood] = [words.fresh, true];
  if (!keys.length) [said, isGood] = [words.noKeys, false];
  else if (!signed) [said, isGood] = [words.none, false];
  else if (!list) [said, isGood] = [words.badList, false];
  else if (hours >= 48) {
    [said, isGood] = [words.days.replace("%(count)s", Math.floor(hours / 24)), hours < 168];
  } else if (hours >= 1) said = words.hours.replace("%(count)s", hours);
  const place = find("[data-age]");
  place.textContent = said;
  place.dataset.made = list ? new Date(list.made).toISOString() : "";
  place.parentElement.className = `message message--${isGood ? "info" : "warning"}`;
}

// ---- the answer ------------------------------------------------------------------

function today() {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date());
}

function shownDay(iso) {
  const language = document.documentElement.lang;
  const style = { dateStyle: "long", timeZone: "UTC" };
  return new Intl.DateTimeFormat(language, style).format(new Date(`${iso}T00:00:00Z`));
}

function show(verdict) {
  for (const section of all("[data-verdict]")) {
    section.hidden = section.dataset.verdict !== verdict;
    if (!section.hidden) section.focus();
  }
}

async function tell(said, name) {
  const number = said.number.replace(/^(.{6})(.{4})(.*)(.)$/, "$1 $2 $3 $4");
  find("[data-fact=number]").textContent = number;
  find("[data-fact=level]").textContent = facts.levels[said.level] ?? "";
  find("[data-fact=issued]").textContent = shownDay(said.issuedOn);
  find("[data-fact=expires]").textContent = shownDay(said.expiresOn);
  const fits = find("[data-fact=name]");
  fits.textContent = "";
  if (!name.trim()) return;
  const isSame = await isOf(said, name);
  fits.textContent = isSame ? facts.words.nameFits : facts.words.nameDiffers;
  fits.className = isSame ? "badge badge--done" : "badge badge--failed";
}

const ready = equipment();

async function verify() {
  const { keys, list } = await ready;
  find("[data-facts]").hidden = true;
  try {
    const said = await read(form.elements.code.value, keys);
    await tell(said, form.elements.name.value);
    find("[data-facts]").hidden = false;
    show(await judge(said, list, today()));
  } catch (problem) {
    if (!(problem instanceof Unreadable)) throw problem;
    show(problem.message);
  }
}

// ---- the camera ------------------------------------------------------------------

async function scan(video, detector) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  try {
    for (;;) {
      const [found] = await detector.detect(video);
      if (found) return found.rawValue;
      await new Promise((wake) => setTimeout(wake, 200));
    }
  } finally {
    video.hidden = true;
    for (const track of stream.getTracks()) track.stop();
  }
}

/** The browser's own reader of codes; where it has none, ours (see qr/NOTICE.md). */
async function detectorKind() {
  const own = window.BarcodeDetector;
  if (own && (await own.getSupportedFormats()).includes("qr_code")) return own;
  return (await import("./qr/decode.js")).BarcodeDetector;
}

function offerCamera(button) {
  if (!navigator.mediaDevices?.getUserMedia) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    find("[data-camera-problem]").textContent = "";
    try {
      const Detector = await detectorKind();
      const detector = new Detector({ formats: ["qr_code"] });
      form.elements.code.value = await scan(find("[data-video]"), detector);
      await verify();
    } catch {
      find("[data-camera-problem]").textContent = facts.words.noCamera;
    } finally {
      button.disabled = false;
    }
  });
}

// ---- begin -----------------------------------------------------------------------

async function begin() {
  if (!globalThis.crypto?.subtle) return show("unable");
  find("[data-tools]").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    verify();
  });
  offerCamera(find("[data-camera]"));
  await ready;
  if (location.pathname !== facts.page) {
    // The network was away when somebody scanned a paper with the phone's own camera.
    form.elements.code.value = location.href;
    verify();
  }
  if ("serviceWorker" in navigator) {
    await navigator.serviceWorker.register(facts.worker, { scope: facts.scope });
    await navigator.serviceWorker.ready;
    find("[data-kept]").hidden = false;
  }
}

begin();
