// The last resort: the answers of this device in a file for the county office, sealed
// with the key that the server gave to this attempt. exams.domain.late.sealing opens it.

import { asMessage } from "./outbox.js";

const FORMAT = "exam-answers-1";
const bytes = (text) => new TextEncoder().encode(text);

async function sealed(text, key) {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", bytes(key), hmac, false, ["sign"]);
  const made = new Uint8Array(await crypto.subtle.sign("HMAC", imported, bytes(text)));
  return [...made].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Browsers seal only on pages that came by HTTPS, or from the machine itself. */
export const canSave = () => Boolean(globalThis.crypto?.subtle);

export async function saveFile({ attempt, key, store, pending }) {
  const rows = await store.rows().catch(() => []);
  const found = new Map([...rows, ...pending].map((row) => [`${row.epoch}/${row.seq}`, asMessage(row)]));
  const log = JSON.stringify([...found.values()]);
  const seal = await sealed(`${FORMAT}\n${attempt}\n${log}`, key);
  const content = JSON.stringify({ format: FORMAT, attempt, log, seal }, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  link.download = `${attempt}.answers.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
