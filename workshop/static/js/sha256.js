// SHA-256 where browsers withhold their own, on plain http in a hall.
const WORDS = new Uint32Array(64);
const START = new Uint32Array(8);
fractions();

// The first 32 bits of the fractional parts of the roots of the first primes, as the standard has them.
function fractions() {
  const part = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32);
  for (let found = 0, number = 2; found < 64; number += 1) {
    if (!isPrime(number)) continue;
    if (found < 8) START[found] = part(Math.sqrt(number));
    WORDS[found] = part(Math.cbrt(number));
    found += 1;
  }
}

function isPrime(number) {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false;
  return true;
}

export function sha256(bytes) {
  return new Sha256().add(bytes).digest();
}

// Piece by piece, for what is too large to be held at once.
export class Sha256 {
  state = START.slice();
  rest = new Uint8Array(0);
  length = 0;

  add(bytes) {
    this.length += bytes.length;
    const begun = this.rest.length ? joined(this.rest, bytes) : bytes;
    const whole = begun.length - (begun.length % 64);
    this.mixAll(begun, whole);
    this.rest = begun.slice(whole);
    return this;
  }

  digest() {
    const end = padded(this.rest, this.length);
    this.mixAll(end, end.length);
    const digest = new DataView(new ArrayBuffer(32));
    this.state.forEach((word, place) => digest.setUint32(4 * place, word));
    return new Uint8Array(digest.buffer);
  }

  mixAll(bytes, until) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < until; at += 64) mix(this.state, view, at);
  }
}

function joined(one, other) {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

function padded(rest, length) {
  const end = new Uint8Array(Math.ceil((rest.length + 9) / 64) * 64);
  end.set(rest);
  end[rest.length] = 0x80;
  const view = new DataView(end.buffer);
  view.setUint32(end.length - 8, Math.floor(length / 2 ** 29));
  view.setUint32(end.length - 4, length * 8);
  return end;
}

const turn = (word, by) => (word >>> by) | (word << (32 - by));

const block = new Uint32Array(64);

function mix(state, view, start) {
  for (let i = 0; i < 64; i += 1) block[i] = i < 16 ? view.getUint32(start + 4 * i) : grown(block, i);
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + WORDS[i] + block[i];
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, place) => { state[place] += word; });
}

function grown(block, i) {
  const near = turn(block[i - 2], 17) ^ turn(block[i - 2], 19) ^ (block[i - 2] >>> 10);
  const far = turn(block[i - 15], 7) ^ turn(block[i - 15], 18) ^ (block[i - 15] >>> 3);
  return near + block[i - 7] + far + block[i - 16];
}
