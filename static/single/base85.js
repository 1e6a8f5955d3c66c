// Bytes as text, five letters for four of them: what base64 takes more is 6 % of a file that is nearly all such text. The letters mean nothing in HTML.

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%()*+,-./:;=?@[]^_{|";

/** The letters of bytes. An unfinished group of four has one letter more than it has bytes. */
export function encode(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4) {
    let group = 0;
    for (let byte = 0; byte < 4; byte += 1) group = group * 256 + (bytes[at + byte] ?? 0);
    let letters = "";
    for (let letter = 0; letter < 5; letter += 1, group = Math.floor(group / 85)) letters = LETTERS[group % 85] + letters;
    text += letters.slice(0, Math.min(4, bytes.length - at) + 1);
  }
  return text;
}

/** The bytes of letters. */
export function decode(text) {
  const values = new Uint8Array(128);
  for (let value = 0; value < 85; value += 1) values[LETTERS.charCodeAt(value)] = value;
  const bytes = new Uint8Array(Math.floor(text.length * 0.8));
  for (let at = 0, to = 0; at < text.length; at += 5) {
    let group = 0;
    // What is missing of the last group counts as the highest letter, so that what is kept of it is not rounded down.
    for (let letter = at; letter < at + 5; letter += 1) group = group * 85 + (letter < text.length ? values[text.charCodeAt(letter)] : 84);
    // Behind the end nothing is written.
    for (let shift = 24; shift >= 0; shift -= 8) bytes[to++] = group >>> shift;
  }
  return bytes;
}
