// The app's project, as bytes of a project file, and back.

const { groundwork } = self;

// One after the other: the app says that something is done, but not what of several.
let last = Promise.resolve();

/** Asks the app for its project: `{ name, bytes }`. With `anonymous`, the engine makes up the names in it. */
export function write(anonymous = false) {
  return next(async () => {
    const { taker } = groundwork;
    try {
      return await result((done) => {
        groundwork.taker = (name, bytes) => done({ name, bytes });
        groundwork.command("write", anonymous);
      });
    } finally {
      groundwork.taker = taker;
    }
  });
}

/** Gives the app a project file to open; resolves when it is open, and rejects with what the app says to the user. */
export function open(bytes, name = "project.json") {
  return next(() =>
    result((done, signal) => {
      addEventListener("groundwork-opened", done, { signal });
      groundwork.command("open", new File([bytes], name));
    }),
  );
}

function next(work) {
  const result = last.then(work);
  last = result.catch(() => {});
  return result;
}

/** Begins something and waits until it is done, or until the app tells of an error. */
async function result(begin) {
  const end = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      addEventListener("groundwork-error", ({ detail }) => reject(Error(detail)), { signal: end.signal });
      begin(resolve, end.signal);
    });
  } finally {
    end.abort();
  }
}
