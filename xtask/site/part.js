// Loads PART, the part of MAIN that `xtask/src/split.rs` took out of it: its functions go into the table of MAIN, its data into the memory.
// Bundled with the script of MAIN, which asks for it by this name (`wasm_split` in `src`).
import { initSync } from "./MAIN.js";

export async function __wasm_split_load_PART(callback, data) {
  const main = initSync();
  let isLoaded = false;
  try {
    await WebAssembly.instantiateStreaming(self.groundwork.PART(), { __wasm_split: main });
    isLoaded = true;
  } catch (error) {
    console.warn(error);
  }
  main.__indirect_function_table.get(callback)(data, isLoaded);
}
