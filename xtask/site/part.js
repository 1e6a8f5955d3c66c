// Loads parts of MAIN that `xtask/src/split.rs` took out of it: their functions go into the table of MAIN, their data into the memory.
// Bundled with the script of MAIN, which asks for each part by the name of a function (`wasm_split` in `src`); `finish.mjs` writes those below.
import { initSync } from "./MAIN.js";

const files = {};

/** Puts a file in, once, and not before what it needs is there. A file that did not come is asked for again the next time. */
function put(name, before) {
  const add = async () => {
    const response = self.groundwork.part(name);
    response.catch(() => {});
    await before;
    await WebAssembly.instantiateStreaming(response, { __wasm_split: initSync() });
  };
  files[name] ??= add().catch((error) => {
    delete files[name];
    throw error;
  });
  return files[name];
}

const part = (...names) => async (callback, data) => {
  let isLoaded = false;
  try {
    // Not before the one that stands before it alone: that may be on its way for another part already, which does not need all that this one needs.
    await names.reduce((before, name) => Promise.all([before, put(name, before)]), undefined);
    isLoaded = true;
  } catch (error) {
    console.warn(error);
  }
  initSync().__indirect_function_table.get(callback)(data, isLoaded);
};

