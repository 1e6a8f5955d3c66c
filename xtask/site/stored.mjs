// Zip archives without compression, for something around them that packs better.
import { inflateRawSync } from "node:zlib";

const END = "PK\x05\x06";
const [LOCAL, CENTRAL] = [30, 46];
const DEFLATED = 8;
/** Set where sizes stand behind the content. */
const SIZES_FOLLOW = 1 << 3;

/** The same archive with the contents of its files as they are. */
export function stored(zip) {
  const end = zip.lastIndexOf(END, undefined, "latin1");
  const [contents, directory] = [[], []];
  let [at, offset] = [zip.readUInt32LE(end + 16), 0];
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const entry = Buffer.from(zip.subarray(at, at + CENTRAL + name));
    const content = contentOf(zip, entry);
    entry.writeUInt16LE(entry.readUInt16LE(8) & ~SIZES_FOLLOW, 8);
    entry.writeUInt16LE(0, 10);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt32LE(0, 30);
    entry.writeUInt32LE(offset, 42);
    // What stands before a content is the beginning of its entry, with another mark.
    const before = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), entry.subarray(6, 32), entry.subarray(CENTRAL)]);
    contents.push(before, content);
    directory.push(entry);
    offset += before.length + content.length;
    at += CENTRAL + name + extra + comment;
  }
  const last = Buffer.from(zip.subarray(end, end + 22));
  last.writeUInt32LE(Buffer.concat(directory).length, 12);
  last.writeUInt32LE(offset, 16);
  last.writeUInt16LE(0, 20);
  return Buffer.concat([...contents, ...directory, last]);
}

function contentOf(zip, entry) {
  const from = entry.readUInt32LE(42);
  const begin = from + LOCAL + zip.readUInt16LE(from + 26) + zip.readUInt16LE(from + 28);
  const packed = zip.subarray(begin, begin + entry.readUInt32LE(20));
  return entry.readUInt16LE(10) === DEFLATED ? inflateRawSync(packed) : packed;
}
