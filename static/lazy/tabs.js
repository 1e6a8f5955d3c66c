// One project, one tab that writes it. Other tabs with the same project follow what is stored, until the writer goes or one of them takes over.

const { groundwork } = self;
const OPEN = "groundwork.project";
/** How long a tab is asked to store and step back before it is no longer waited for, in milliseconds: one in the background may be asleep. */
const PATIENCE = 2000;

let leave = () => {};
let tab = null;

/** The project that this tab had open before it was loaded again. */
export function remembered() {
  try {
    return sessionStorage.getItem(OPEN) ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes part in a project and leaves the one before. `tell` hears `writes` and `follows`, which this tab is to do from then on; `saved` when the writer has
 * stored something; and `yield` when another tab wants to write: store what is left, then `give()`.
 */
export function join(project, tell) {
  leave();
  try {
    sessionStorage.setItem(OPEN, project);
  } catch {
    // A tab that is loaded again opens the project that was changed last.
  }
  // Where a browser has no locks, as on pages without TLS, each tab takes itself for the only one.
  if (!navigator.locks || !self.BroadcastChannel) return tell("writes");
  tab = takePart(`${groundwork.database()}/${project}`, tell);
  leave = tab.leave;
}

/** Asks to write instead of the tab that does. */
export const take = () => tab?.take();

/** Lets another tab write. */
export const give = () => tab?.give();

/** Tells the others that something was stored. */
export const saved = () => tab?.say("saved");

function takePart(name, tell) {
  const { locks } = navigator;
  const channel = new BroadcastChannel(name);
  let isLeft = false;
  let isStale = false;
  let release = null;
  let waiting = null;

  /** Holds the lock until it is given back. */
  const hold = () => {
    if (isLeft) return undefined;
    waiting = null;
    tell("writes");
    return new Promise((resolve) => (release = resolve));
  };
  const follow = () => {
    release = null;
    if (isLeft) return;
    tell("follows");
    wait();
  };
  /** Stands in line for the lock. */
  const wait = () => {
    waiting = new AbortController();
    request({ signal: waiting.signal }, hold);
  };
  /** A lock that was held and is taken away ends in an error too. */
  const request = (options, held) =>
    locks.request(name, options, held).catch(({ name: error }) => {
      if (error === "SecurityError") tell("writes");
      else if (release) follow();
    });

  const news = () => {
    isStale = document.hidden;
    if (!isStale && !isLeft) tell("saved");
  };
  const shown = () => isStale && news();
  document.addEventListener("visibilitychange", shown);
  channel.onmessage = ({ data }) => {
    if (data === "saved" && !release) news();
    else if (data === "yield" && release) tell("yield");
    else if (data === "yield" && waiting) {
      // Another tab that follows wants to write: it goes first.
      waiting.abort();
      waiting = null;
      setTimeout(() => isLeft || waiting || release || wait(), PATIENCE / 2);
    }
  };
  request({ ifAvailable: true }, (lock) => (lock ? hold() : follow()));

  return {
    say: (what) => channel.postMessage(what),
    give() {
      release?.();
      follow();
    },
    take() {
      channel.postMessage("yield");
      setTimeout(() => {
        if (isLeft || release) return;
        waiting?.abort();
        request({ steal: true }, hold);
      }, PATIENCE);
    },
    leave() {
      isLeft = true;
      waiting?.abort();
      release?.();
      channel.close();
      document.removeEventListener("visibilitychange", shown);
    },
  };
}
