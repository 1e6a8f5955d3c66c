// Opens the project that came in a link. It has a database of its own (`static/boot.js`), so the project that is kept here stays as it is.
import { decode } from "./codec.js";
import { notice } from "./notice.js";
import { open as openProject } from "./project.js";

/** So many projects of links are kept, the last ones opened. */
const KEPT = 8;

/** Opens the project behind `hash`, or says why it cannot be opened. */
export async function open(hash) {
  const home = () => location.replace(location.href.split(/[?#]/)[0]);
  try {
    await openProject(await decode(hash), "link.json");
    const text = "This project came in a link. Your own project in this browser is untouched; save this one to a file to keep it.";
    notice(text, [["Understood"], ["Back to my project", home]]);
  } catch (error) {
    notice(error.message, [["Open my project", home]]);
  }
  await tidy().catch(console.warn);
}

/** Their names end with the time, so the oldest come first. One that is open in a tab goes when the tab does. */
async function tidy() {
  const databases = (await indexedDB.databases?.()) ?? [];
  const names = databases.map(({ name }) => name).filter((name) => name.startsWith("groundwork-link-"));
  for (const name of names.sort().slice(0, -KEPT)) indexedDB.deleteDatabase(name);
}
