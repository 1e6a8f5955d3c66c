// The engine of Groundwork for pages of your own: reads inventories, plans and costs, in a worker of its own. `engine.d.ts` describes what goes in and
// comes out, `README.md` how it is served.

// `xtask/site/package.mjs` puts it in.
const BUILD = BUILD_ID;

// Kept apart from where it is used: a bundler would take the two together for a file to bundle.
const here = import.meta.url;

/** Where the engine lies. */
let home = new URL("engine/", here).href;

/** The worker, once it listens. */
let listening = null;
/** Ends what `listening` began. */
let stop = () => {};
/** Calls without an answer, by their numbers. */
const waiting = new Map();
let last = 0;

/** Says where the folder `engine` of this package lies, relative to the page: at the page's own origin, for a worker comes from nowhere else. */
export function configure({ from }) {
  end();
  home = new URL(`${from}`.replace(/\/?$/, "/"), document.baseURI).href;
}

/** Ends the worker and what it does; the next call starts a new one. */
export function end(error = Error("The engine was ended")) {
  stop();
  stop = () => {};
  listening = null;
  const given = [...waiting.values()];
  waiting.clear();
  for (const { reject } of given) reject(error);
}

/** Makes a project of files. */
async function importFiles(files) {
  const list = files instanceof Blob || !files?.[Symbol.iterator] ? [files] : [...files];
  const [[file, notes]] = await call("import", list.map(asFile));
  return { project: JSON.parse(new TextDecoder().decode(file)), notes };
}
export { importFiles as import };

/** Finds where everything goes. */
export async function plan(project, options) {
  const [planned] = await call("plan", await fileOf(project), options);
  return planned;
}

/** Finds what everything costs. */
export async function cost(project, options) {
  const [costed] = await call("cost", await fileOf(project), options);
  return costed;
}

/** Evaluates a plan again, without looking for one. */
export async function check(project, planned, options) {
  // A text goes as it is: large amounts in it stay exact.
  const plan = typeof planned === "string" ? planned : JSON.stringify({ outcome: { plan: planned?.outcome?.plan } });
  const [checked] = await call("check", await fileOf(project), { ...options, plan });
  return checked;
}

function asFile(file) {
  if (file instanceof File) return file;
  if (file instanceof Blob) return new File([file], "file");
  if (typeof file?.name === "string" && file.content !== undefined) return new File([file.content], file.name);
  throw TypeError("import: a file is a File, a Blob, or { name, content }");
}

/** The bytes of a project, which is the content of its file or what that says. */
async function fileOf(project) {
  const isContent = typeof project === "string" || project instanceof Blob || project instanceof ArrayBuffer || ArrayBuffer.isView(project);
  const content = isContent ? project : JSON.stringify(project);
  if (content === undefined) throw TypeError("The project is missing");
  return new Uint8Array(await new Response(content).arrayBuffer());
}

async function call(name, subject, options) {
  listening ??= start();
  const worker = await listening;
  return new Promise((resolve, reject) => {
    const id = ++last;
    waiting.set(id, { resolve, reject });
    worker.postMessage([id, name, BUILD, subject, options], subject instanceof Uint8Array ? [subject.buffer] : []);
  });
}

/** A worker that listens. */
function start() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(`${home}engine-worker.js?v=${BUILD}`);
    const fail = (message) => {
      const error = Error(`The engine of Groundwork at ${home} ${message}`);
      reject(error);
      end(error);
    };
    stop = () => {
      worker.terminate();
      reject(Error("The engine was ended"));
    };
    worker.onerror = (event) => fail(`does not run: ${event.message ?? "its files are not there, or the page may not load them"}`);
    worker.onmessage = ({ data }) => {
      if (!Array.isArray(data)) return fail(`cannot start: ${data.message}`);
      const [id, answer] = data;
      // The first message says that it listens.
      if (id === 0) return resolve(worker);
      const caller = waiting.get(id);
      waiting.delete(id);
      if (typeof answer === "string") caller?.reject(Error(answer));
      else caller?.resolve(numbers(answer));
    };
  });
}

/** Where a number is too large to be exact, all of 64 bits come as `BigInt`. What is lost then are millionths of a yen. */
function numbers(answer) {
  const isLarge = typeof answer[0]?.outcome?.plan.cost === "bigint" || typeof answer[0]?.total === "bigint";
  return isLarge ? rounded(answer) : answer;
}

function rounded(value) {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, rounded(it)]));
}
