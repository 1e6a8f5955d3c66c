// The shape in which a project travels in a link: without what a reader supplies by itself, and tables by columns, where like stands beside like.
// Compressed, an estate is a quarter shorter so.

/** Lists shorter than this stay as they are. */
const TABLE = 4;
/** Names the number of rows of a table; no field of a project is called so. */
const ROWS = "|";
/** Longer than the name of any field: as it comes back in every row, a long one would make much of little. */
const LONGEST_NAME = 40;

/** The project file `bytes` in the shape of a link. What the import said stays behind: it is of no use to others, and it quotes the files. */
export function shorten(bytes) {
  const file = JSON.parse(new TextDecoder().decode(bytes));
  delete file.project.report;
  file.project.estate = fold(without(file.project.estate));
  return new TextEncoder().encode(JSON.stringify(file));
}

/** The project file behind `shorten`. What is of no such shape is given back as it came, for the reader of files to say what is wrong with it. */
export function lengthen(bytes) {
  try {
    const file = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    file.project.estate = unfold(file.project.estate);
    return new TextEncoder().encode(JSON.stringify(file));
  } catch {
    return bytes;
  }
}

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const eachValue = (record, change) => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

/** In an estate, what is not written is nothing, no or empty: so that need not be written. */
function without(value) {
  if (Array.isArray(value)) return value.map(without);
  if (!isRecord(value)) return value;
  const says = (it) => !(it === null || it === false || it === 0 || it === "" || (Array.isArray(it) && !it.length));
  return eachValue(Object.fromEntries(Object.entries(value).filter(([, it]) => says(it))), without);
}

function fold(value) {
  if (isRecord(value)) return eachValue(value, fold);
  if (!Array.isArray(value)) return value;
  // A column may lack the value of a row; after `without`, null says nothing else.
  const rows = value.map((row) => row ?? {});
  if (value.length < TABLE || !rows.every(isRecord) || !value.some(isRecord)) return value.map(fold);
  const names = [...new Set(rows.flatMap(Object.keys))];
  return Object.fromEntries([[ROWS, rows.length], ...names.map((name) => [name, fold(rows.map((row) => row[name] ?? null))])]);
}

function unfold(value) {
  if (Array.isArray(value)) return value.map(unfold);
  if (!isRecord(value)) return value;
  if (!Object.hasOwn(value, ROWS)) return eachValue(value, unfold);
  const { [ROWS]: count, ...table } = value;
  const columns = Object.entries(eachValue(table, unfold));
  if (!columns.every(([, column]) => Array.isArray(column) && column.length === count)) throw Error("columns of different lengths");
  if (columns.some(([name]) => name.length > LONGEST_NAME)) throw Error("a name that no field has");
  const first = columns[0]?.[1] ?? [];
  return first.map((_, row) => Object.fromEntries(columns.flatMap(([name, column]) => (column[row] === null ? [] : [[name, column[row]]]))));
}
