// On the page after an exam: what did not reach the server in time goes up as late
// answers, which an office decides about; or into a file.

import { canSave, saveFile } from "./answersfile.js";
import { Broken, Outbox } from "./outbox.js";
import { openStore } from "./store.js";

const box = document.querySelector("[data-late]");
const facts = box.dataset;
const store = await openStore(facts.attempt);

class Refused extends Error {}

async function send(messages, options) {
  const reply = await fetch(facts.lateUrl, {
    method: "POST",
    redirect: "manual",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": facts.token },
    body: JSON.stringify({ answers: messages }),
    ...options,
  });
  if (reply.status === 422) return { drop: true };
  if (reply.status === 409) {
    refuse((await reply.json()).message);
    throw new Refused();
  }
  if (reply.status >= 500) throw new Broken(String(reply.status));
  if (!reply.ok) throw new Error(String(reply.status));
  return reply.json();
}

function tell(name, count = "") {
  for (const line of box.querySelectorAll("[data-when]")) line.hidden = line.dataset.when !== name;
  for (const place of box.querySelectorAll("[data-count]")) place.textContent = count;
  box.querySelector("[data-save]").hidden = name !== "waiting" || !canSave();
  box.hidden = false;
}

/** The server takes nothing of this attempt any more, and says why. */
function refuse(words) {
  outbox.closed = true;
  box.querySelector("[data-refusal]").textContent = words;
  tell("refused");
  store.clear();
}

const outbox = await Outbox.open({ store, epoch: 0, send, left: () => 0, changed });
const begun = outbox.pending.length;

function changed() {
  if (outbox.closed || !outbox?.pending.length) return;
  tell(outbox.failures ? "waiting" : "sending", outbox.pending.length);
}

async function sendAll() {
  if (!(await outbox.flush()) || outbox.closed) return;
  tell("kept", begun);
  outbox.closed = true;
  await store.clear();
}

box.querySelector("[data-save]").addEventListener("click", () =>
  saveFile({ attempt: facts.attempt, key: facts.key, store, pending: outbox.pending }),
);
if (begun) {
  window.addEventListener("online", sendAll);
  setInterval(sendAll, 20_000);
  await sendAll();
} else {
  await store.clear();
}
