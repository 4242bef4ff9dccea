// Verifies an Ed25519 signature (RFC 8032) where WebCrypto cannot yet: on telephones
// older than 2025. Only public things pass through here, so it need not hide its time.

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * power(121666n, P - 2n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
const IDENTITY = [0n, 1n, 1n, 0n];
const BASE = decoded(numbered(4n * power(5n, P - 2n)));

function mod(value, by = P) {
  const rest = value % by;
  return rest < 0n ? rest + by : rest;
}

function power(base, exponent) {
  let result = 1n;
  for (let square = base; exponent > 0n; exponent >>= 1n, square = mod(square * square)) {
    if (exponent & 1n) result = mod(result * square);
  }
  return result;
}

/** A number as 32 bytes, the least significant first, and back. */
function numbered(value) {
  const left = mod(value);
  return Uint8Array.from({ length: 32 }, (_, place) => Number((left >> BigInt(8 * place)) & 255n));
}

function number(bytes) {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** The point that 32 bytes stand for, as (X, Y, Z, T), or null if they stand for none. */
function decoded(bytes) {
  const whole = number(bytes);
  const sign = whole >> 255n;
  const y = whole & (2n ** 255n - 1n);
  if (y >= P) return null;
  const u = mod(y * y - 1n);
  const v = mod(D * y * y + 1n);
  let x = mod(u * power(v, 3n) * power(mod(u * power(v, 7n)), (P - 5n) / 8n));
  if (mod(v * x * x) === mod(-u)) x = mod(x * ROOT_OF_MINUS_ONE);
  if (mod(v * x * x) !== u || (x === 0n && sign)) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

function sum([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * D * t1 * t2);
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function times(factor, point) {
  let result = IDENTITY;
  for (let doubled = point; factor > 0n; factor >>= 1n, doubled = sum(doubled, doubled)) {
    if (factor & 1n) result = sum(result, doubled);
  }
  return result;
}

function isSame([x1, y1, z1], [x2, y2, z2]) {
  return mod(x1 * z2 - x2 * z1) === 0n && mod(y1 * z2 - y2 * z1) === 0n;
}

/** Whether `signature` is that of `key` (32 bytes) under `message`. */
export async function isSignedBy(key, signature, message) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const [who, random] = [decoded(key), decoded(signature.slice(0, 32))];
  const answer = number(signature.slice(32));
  if (!who || !random || answer >= ORDER) return false;
  const asked = new Uint8Array([...signature.slice(0, 32), ...key, ...message]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-512", asked));
  const question = mod(number(digest), ORDER);
  return isSame(times(answer, BASE), sum(random, times(question, who)));
}
