// Loads the pages, the part of the app that `xtask/src/split.rs` took out of it: its functions go into the table of the app, its data into the memory.
// Bundled with the script of the app, which asks for it by this name (`src/ui/lazy.rs`).
import { initSync } from "./app.js";

export async function __wasm_split_load_pages(callback, data) {
  const app = initSync();
  let isLoaded = false;
  try {
    await WebAssembly.instantiateStreaming(self.groundwork.pages(), { __wasm_split: app });
    isLoaded = true;
  } catch (error) {
    console.warn(error);
  }
  app.__indirect_function_table.get(callback)(data, isLoaded);
}
