// Reads LZMA with its header of 13 bytes, which `cargo xtask lzma` writes: a fifth smaller than gzip, and no browser reads it by itself. Written after the
// specification of the LZMA SDK, which is in the public domain (https://7-zip.org/sdk.html); the names are those of the specification.

const TOP = 2 ** 24;
const HEADER = 13;
const STATES = 12;
const POSITIONS = 16;

// Where each kind of probability begins. All are in one list.
const IS_MATCH = 0;
const IS_REP = IS_MATCH + STATES * POSITIONS;
const IS_REP_G0 = IS_REP + STATES;
const IS_REP_G1 = IS_REP_G0 + STATES;
const IS_REP_G2 = IS_REP_G1 + STATES;
const IS_REP0_LONG = IS_REP_G2 + STATES;
const POS_SLOT = IS_REP0_LONG + STATES * POSITIONS;
const POS_SPECIAL = POS_SLOT + 4 * 64;
const ALIGN = POS_SPECIAL + 115;
const LENGTH = ALIGN + 16;
/** Lengths: two choices, short and middle ones by position, long ones. */
const [MIDDLE, LONG, LENGTHS] = [2 + 8 * POSITIONS, 2 + 16 * POSITIONS, 2 + 16 * POSITIONS + 256];
const REP_LENGTH = LENGTH + LENGTHS;
const LITERAL = REP_LENGTH + LENGTHS;

/** The content of `packed`. Throws where it is not whole. */
export function unpack(packed) {
  const header = new DataView(packed.buffer, packed.byteOffset, HEADER);
  const properties = header.getUint8(0);
  const [lc, lp, pb] = [properties % 9, Math.floor(properties / 9) % 5, Math.floor(properties / 45)];
  const size = header.getUint32(5, true);
  const content = new Uint8Array(size);
  const probabilities = new Uint16Array(LITERAL + (0x300 << (lc + lp))).fill(1024);
  // In a list: engines keep whole numbers of 32 bits in it as they are, and in a variable that several functions share as an object each.
  // The first byte behind the header is always nothing, the four after it begin the code.
  const coder = new Uint32Array([0xffffffff, new DataView(packed.buffer, packed.byteOffset + HEADER + 1).getUint32(0)]);
  let from = HEADER + 5;

  const normalise = () => {
    if (coder[0] >= TOP) return;
    coder[0] <<= 8;
    coder[1] = (coder[1] << 8) | packed[from++];
  };
  const bit = (at) => {
    const probability = probabilities[at];
    const bound = (coder[0] >>> 11) * probability;
    const is = coder[1] >= bound ? 1 : 0;
    if (is) {
      coder[0] -= bound;
      coder[1] -= bound;
      probabilities[at] = probability - (probability >> 5);
    } else {
      coder[0] = bound;
      probabilities[at] = probability + ((2048 - probability) >> 5);
    }
    normalise();
    return is;
  };
  const tree = (at, bits) => {
    let symbol = 1;
    for (let index = 0; index < bits; index += 1) symbol = (symbol << 1) | bit(at + symbol);
    return symbol - (1 << bits);
  };
  const reversed = (at, bits) => {
    let [symbol, value] = [1, 0];
    for (let index = 0; index < bits; index += 1) {
      const is = bit(at + symbol);
      symbol = (symbol << 1) | is;
      value |= is << index;
    }
    return value;
  };
  /** Bits that are as likely as not. */
  const direct = (bits) => {
    let value = 0;
    for (let index = 0; index < bits; index += 1) {
      coder[0] >>>= 1;
      const is = coder[1] >= coder[0] ? 1 : 0;
      if (is) coder[1] -= coder[0];
      normalise();
      value = (value << 1) | is;
    }
    return value;
  };
  const length = (at, position) => {
    if (!bit(at)) return 2 + tree(at + 2 + position * 8, 3);
    if (!bit(at + 1)) return 10 + tree(at + MIDDLE + position * 8, 3);
    return 18 + tree(at + LONG, 8);
  };
  const distance = (length) => {
    const slot = tree(POS_SLOT + Math.min(length - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) << bits;
    if (slot < 14) return base + reversed(POS_SPECIAL + base - slot, bits);
    return base + direct(bits - 4) * 16 + reversed(ALIGN, 4);
  };
  const literal = (at, state, back) => {
    const before = at > 0 ? content[at - 1] : 0;
    const base = LITERAL + 0x300 * (((at & ((1 << lp) - 1)) << lc) + (before >> (8 - lc)));
    let symbol = 1;
    // After a match the byte is most often not the one that would have gone on with it.
    for (let like = state >= 7 ? content[at - back - 1] : -1; like >= 0 && symbol < 0x100; ) {
      const expected = (like >> 7) & 1;
      like = (like << 1) & 0xff;
      const is = bit(base + ((1 + expected) << 8) + symbol);
      symbol = (symbol << 1) | is;
      if (is !== expected) break;
    }
    while (symbol < 0x100) symbol = (symbol << 1) | bit(base + symbol);
    return symbol;
  };
  const copy = (to, back, end) => {
    for (let at = to; at < end; at += 1) content[at] = content[at - back - 1];
    return end;
  };

  let state = 0;
  // How far back the last four matches were, less one.
  let [rep0, rep1, rep2, rep3] = [0, 0, 0, 0];
  let at = 0;
  while (at < size) {
    const position = at & ((1 << pb) - 1);
    if (!bit(IS_MATCH + state * POSITIONS + position)) {
      content[at] = literal(at, state, rep0);
      at += 1;
      state = state < 4 ? 0 : state - (state < 10 ? 3 : 6);
      continue;
    }
    let long;
    if (!bit(IS_REP + state)) {
      [rep1, rep2, rep3] = [rep0, rep1, rep2];
      long = length(LENGTH, position);
      rep0 = distance(long);
      state = state < 7 ? 7 : 10;
    } else {
      if (bit(IS_REP_G0 + state)) {
        const back = rep0;
        if (!bit(IS_REP_G1 + state)) [rep0, rep1] = [rep1, back];
        else if (!bit(IS_REP_G2 + state)) [rep0, rep1, rep2] = [rep2, back, rep1];
        else [rep0, rep1, rep2, rep3] = [rep3, back, rep1, rep2];
      } else if (!bit(IS_REP0_LONG + state * POSITIONS + position)) {
        at = copy(at, rep0, at + 1);
        state = state < 7 ? 9 : 11;
        continue;
      }
      long = length(REP_LENGTH, position);
      state = state < 7 ? 8 : 11;
    }
    if (rep0 >= at) break;
    at = copy(at, rep0, Math.min(at + long, size));
  }
  // What was packed ends with nothing left over.
  if (at < size || coder[1] !== 0 || from !== packed.length) throw Error("this file is damaged");
  return content;
}
