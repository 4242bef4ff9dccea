// Reads and judges the code of a certificate, with nothing but the authority's keys and
// the list of revoked certificates. The format is described in trust/codes.py.

import { isSignedBy } from "./ed25519.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LENGTH = 154;
const FACTS = 32;
const FORMAT = 1;
const SECRET = 22; // where the secret begins
const NAME = 14; // where the hash of the name begins
const CHECKS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
const PURPOSE = "fupin certificate code 1\0";

const utf8 = (text) => new TextEncoder().encode(text);
const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));

export class Unreadable extends Error {}

async function hash(bytes, length) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, length);
}

function toBase64url(bytes) {
  const plain = btoa(String.fromCharCode(...bytes));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64url(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** The bytes of a code, given alone or within its address. */
function bytesOf(text) {
  const letters = text.replace(/\s/g, "").replace(/\/+$/, "").split("/").pop().toUpperCase();
  if (letters.length !== LENGTH) throw new Unreadable("not-a-code");
  const bytes = [];
  let [held, bits] = [0, 0];
  for (const letter of letters) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) throw new Unreadable("not-a-code");
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push(held >> bits);
      held &= (1 << bits) - 1;
    }
  }
  if (held) throw new Unreadable("altered"); // a second spelling of the same bytes
  return new Uint8Array(bytes);
}

function checkOf(body) {
  let rest = 0;
  for (const letter of body) rest = ((rest + CHECKS.indexOf(letter)) * 2) % 37;
  return CHECKS[(38 - rest) % 37];
}

function day(count) {
  return new Date(Date.UTC(2000, 0, 1 + count)).toISOString().slice(0, 10);
}

function factsIn(bytes) {
  const view = new DataView(bytes.buffer);
  const body = view.getBigUint64(2).toString();
  return {
    level: bytes[0] & 15,
    number: body + checkOf(body),
    issuedOn: day(view.getUint16(10)),
    expiresOn: day(view.getUint16(12)),
    nameHash: bytes.slice(NAME, SECRET),
    secret: bytes.slice(SECRET, FACTS),
  };
}

/** Whether one of `keys` signed; by the browser itself where it can. */
async function isSigned(key, signature, message) {
  const raw = fromBase64url(key.x);
  try {
    const own = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", own, signature, message);
  } catch {
    return isSignedBy(raw, signature, message);
  }
}

/** What the code says; throws `Unreadable` with the reason if it is not ours. */
export async function read(text, keys) {
  const bytes = bytesOf(text);
  const [facts, signature] = [bytes.slice(0, FACTS), bytes.slice(FACTS)];
  if (facts[0] >> 4 !== FORMAT) throw new Unreadable("not-a-code");
  let isKnown = false;
  for (const key of keys) {
    const [hint] = await hash(fromBase64url(key.x), 1);
    if (hint !== facts[1]) continue;
    isKnown = true;
    if (await isSigned(key, signature, joined(utf8(PURPOSE), facts))) return factsIn(facts);
  }
  throw new Unreadable(isKnown ? "altered" : "foreign");
}

/** The signed list as `{ made, revoked }`, or null if no key of ours signed it. */
export async function openList(signed, keys) {
  const header = JSON.parse(new TextDecoder().decode(fromBase64url(signed.protected)));
  const key = keys.find((each) => each.kid === header.kid);
  const message = utf8(`${signed.protected}.${signed.payload}`);
  if (!key || !(await isSigned(key, fromBase64url(signed.signature), message))) return null;
  const payload = JSON.parse(new TextDecoder().decode(fromBase64url(signed.payload)));
  return { made: payload.iat * 1000, revoked: new Set(payload.revoked) };
}

/** "valid", "expired", "revoked", or "signed" when no list is at hand. */
export async function judge(facts, list, today) {
  const entry = toBase64url(await hash(joined(utf8("revoked"), facts.secret), 16));
  if (list?.revoked.has(entry)) return "revoked";
  if (today >= facts.expiresOn) return "expired";
  return list ? "valid" : "signed";
}

/** Whether the certificate is that of `name`, with or without blanks and dots. */
export async function isOf(facts, name) {
  const plain = name.normalize("NFKC").replace(/[\s·•・‧.]/g, "");
  const found = await hash(joined(facts.secret, utf8(plain)), facts.nameHash.length);
  return found.every((byte, place) => byte === facts.nameHash[place]);
}
