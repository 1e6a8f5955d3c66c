// The text of a link: `#p1:` and the project in a shape of its own (`shape.js`), compressed (deflate) and in the letters of base64url. Another way to write it has another number.

import { lengthen, shorten } from "./shape.js";

export const PREFIX = "#p1:";

/** A link is for a plan that is looked at, not for a data centre: what is longer is cut by mail and chat programs. In characters. */
export const LIMITS = { free: 8_000, most: 32_000 };

// What is read: a little more than is ever written, and far less than would hurt.
const MOST_READ = 100_000;
const MOST_BYTES = 4 * 1024 * 1024;

/** The part of an address from `#` on that holds the project file `bytes`. */
export async function encode(bytes) {
  const packed = await collect(new Blob([shorten(bytes)]).stream().pipeThrough(new CompressionStream("deflate-raw")), Infinity);
  let letters = "";
  for (const byte of packed) letters += String.fromCharCode(byte);
  return PREFIX + btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The project file behind `hash`; an error with a message for people where it is not one of ours, damaged, or too large. */
export async function decode(hash) {
  if (!hash.startsWith(PREFIX)) throw Error("This link was made by a newer version of Groundwork. Reload the page to get it, and open the link again");
  if (hash.length > MOST_READ) throw Error("This link is too long to be a Groundwork project. Ask for the project as a file");
  const damaged = () => Error("This link is damaged: a part of it is missing or has changed. Copy all of it, or ask for the project as a file");
  let letters;
  try {
    letters = atob(hash.slice(PREFIX.length).replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    throw damaged();
  }
  const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const bytes = await collect(plain, MOST_BYTES).catch((error) => {
    throw error instanceof RangeError ? Error("This link unpacks to far more than a project holds; it was not opened") : damaged();
  });
  if (!bytes.length) throw damaged();
  return lengthen(bytes);
}

/** All bytes of a stream; counts while they come, and stops at the limit. */
async function collect(stream, limit) {
  const chunks = [];
  let length = 0;
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      reader.cancel().catch(() => {});
      throw RangeError("too large");
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
