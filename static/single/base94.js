// Bytes as text, eleven letters for nine of them: base64 takes 9 % more, in a file that is nearly all such text. The letters mean nothing in the text of a
// script: they are all that ASCII can print, but for the sign that begins a tag.

const LETTERS = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter((letter) => letter !== "<");
const BASE = LETTERS.length;
const [BYTES, DIGITS] = [9, 11];
/** Nine bytes are two numbers of 36 bits: numbers are exact to 53. */
const HALF = 2 ** 36;
const WORD = 2 ** 32;

/** The letters of bytes. Of an unfinished group there are as many as its bytes need. */
export function encode(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += BYTES) {
    let [high, low] = [0, 0];
    for (let byte = 0; byte < BYTES; byte += 1) {
      low = low * 256 + (bytes[at + byte] ?? 0);
      high = high * 256 + Math.floor(low / HALF);
      low %= HALF;
    }
    let letters = "";
    for (let digit = 0; digit < DIGITS; digit += 1) {
      low += (high % BASE) * HALF;
      high = Math.floor(high / BASE);
      letters = LETTERS[low % BASE] + letters;
      low = Math.floor(low / BASE);
    }
    text += letters.slice(0, Math.min(BYTES, bytes.length - at) + 2);
  }
  return text;
}

/** The bytes of letters. */
export function decode(text) {
  // What is missing of the last group counts as the highest letter, so that what is kept of it is not rounded down.
  const values = new Uint8Array(128).fill(BASE - 1);
  LETTERS.forEach((letter, value) => (values[letter.charCodeAt(0)] = value));
  const groups = Math.ceil(text.length / DIGITS);
  const bytes = new Uint8Array(groups * BYTES);
  for (let group = 0; group < groups; group += 1) {
    let [high, low] = [0, 0];
    for (let digit = group * DIGITS; digit < (group + 1) * DIGITS; digit += 1) {
      low = low * BASE + values[digit < text.length ? text.charCodeAt(digit) : 0];
      const carry = (low / HALF) | 0;
      low -= carry * HALF;
      high = high * BASE + carry;
    }
    // 32 bits, four and four, 32 bits: what the two numbers share is the byte in the middle.
    const [first, middle] = [Math.floor(high / 16), (low / WORD) | 0];
    const last = low - middle * WORD;
    const to = group * BYTES;
    for (let byte = 0; byte < 4; byte += 1) {
      bytes[to + byte] = first >>> (24 - 8 * byte);
      bytes[to + 5 + byte] = last >>> (24 - 8 * byte);
    }
    bytes[to + 4] = (high - first * 16) * 16 + middle;
  }
  const rest = text.length % DIGITS;
  return rest === 0 ? bytes : bytes.subarray(0, bytes.length - BYTES + rest - 2);
}
