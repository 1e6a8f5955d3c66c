// The messages of a language, found by their English. `{0}`, `{1}`, … stand for what varies in both.

/** So many translations are kept; most texts on a page come again and again. */
const KEPT = 4000;
const HOLE = /\{\d\}/;
/** What fills a hole: never more than one part of a list. */
const VALUE = "((?:(?! · ).)+?)";
/** A form with no more letters than this says little by itself. */
const FEW = 12;
const SENTENCE = /(?<![\w-])[a-z]{2,}(?![\w-]).*(?<![\w-])[a-z]{2,}(?![\w-])/su;
/** Where a text that is no message as a whole is taken apart, in turn. */
const JOINTS = [/ · /, /(?<=[.!?]) /, /; /, /: /, / – /, /, /];

export class Messages {
  #whole = new Map();
  /** Messages with holes, by how they begin or end, those with most text first. */
  #forms = new Map();
  #numbers;
  #kept = new Map();

  /** Of pairs of messages, and what writes numbers. */
  constructor(messages, numbers) {
    this.#numbers = numbers;
    for (const [english, translated] of messages) {
      if (!HOLE.test(english)) {
        this.#whole.set(english, translated);
        continue;
      }
      const pieces = english.split(HOLE);
      const holes = [...english.matchAll(/\{(\d)\}/g)].map(([, hole]) => Number(hole));
      const escaped = pieces.map((piece) => piece.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&"));
      const form = { pattern: new RegExp(`^${escaped.join(VALUE)}$`, "su"), holes, translated, begins: pieces[0] !== "", weight: pieces.join("").length };
      const key = keyOf(pieces[0], pieces.at(-1));
      this.#forms.set(key, [...(this.#forms.get(key) ?? []), form]);
    }
    for (const forms of this.#forms.values()) forms.sort((a, b) => b.weight - a.weight);
  }

  /** A text in this language; as it is, where it is no message, but for its numbers. */
  say = (text) => {
    let said = this.#kept.get(text);
    if (said === undefined) {
      const [, before, inner, after] = /^(\s*)(.*?)(\s*)$/su.exec(text);
      said = inner === "" ? text : before + (this.#find(inner) ?? this.#parts(inner) ?? this.#numbers(inner)) + after;
      if (this.#kept.size >= KEPT) this.#kept.clear();
      this.#kept.set(text, said);
    }
    return said;
  };

  /** What is one message. */
  #find(text) {
    return this.#whole.get(text) ?? this.#filled(text);
  }

  /** What is one message with its holes filled. */
  #filled(text) {
    const fitting = keysOf(text).map((key) => this.#forms.get(key)?.find((form) => this.#fits(form, text)));
    const [form] = fitting.filter(Boolean).sort((a, b) => b.weight - a.weight);
    if (!form) return undefined;
    const values = [];
    form.pattern.exec(text).slice(1).forEach((value, index) => (values[form.holes[index]] = this.say(value)));
    return form.translated.replace(/\{(\d)\}/g, (_, hole) => values[hole]);
  }

  /** What is one message with a full stop behind it. */
  #sentence(text) {
    const said = text.endsWith(".") ? this.#find(text.slice(0, -1)) : undefined;
    return said && (/[。.]$/.test(said) ? said : said + (/[\u3040-\u9fff]$/.test(said) ? "。" : "."));
  }

  /**
   * Whether a text is of this form. One of few words would take any sentence for itself: what fills it must be a name, a number or a message, and a number
   * or a message where it comes first, as in `12 hosts`.
   */
  #fits({ pattern, weight, begins }, text) {
    const found = pattern.exec(text);
    if (found === null || weight > FEW) return found !== null;
    const isName = (value, index) => !SENTENCE.test(value) && (begins || index > 0 || /\d/.test(value));
    return found.slice(1).every((value, index) => isName(value, index) || this.#find(value) !== undefined);
  }

  /** What is several messages, one after the other. */
  #parts(text) {
    for (const joint of JOINTS) {
      const parts = text.split(joint);
      if (parts.length === 1) continue;
      const said = parts.map((part) => this.#find(part) ?? this.#sentence(part) ?? this.#parts(part));
      if (said.every((part) => part === undefined)) continue;
      const between = text.match(new RegExp(joint, "g"));
      return parts.map((part, index) => (said[index] ?? this.#numbers(part)) + (between[index] ?? "")).join("").replaceAll("。 ", "。");
    }
    return undefined;
  }
}

/** Under which of them a message with holes is looked for: its first letters, or its last where it begins with a hole. */
function keyOf(first, last) {
  if (first.length >= 2) return `<${first.slice(0, 2)}`;
  return last.length >= 2 ? `>${last.slice(-2)}` : "";
}

const keysOf = (text) => [`<${text.slice(0, 2)}`, `>${text.slice(-2)}`, ""];
