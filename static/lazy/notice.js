// A notice above the app, which it knows nothing of.

// Constructed sheets need no permission of the content security policy, and cost a first visit nothing.
const STYLE = `.notices { position: fixed; z-index: 60; inset: auto 0 var(--s4) 0; display: grid; gap: var(--s2); justify-items: center; padding-inline: var(--s4); pointer-events: none; }
.notice > span { min-width: 0; margin-inline-end: var(--s2); }
.notice > button { flex: none; }
@media print { .notices { display: none; } }`;
let place;

/**
 * Shows `text` with buttons, each `[label, what it does]`; every button closes it.
 * With `key`, it is shown until the user has closed it once, where the browser remembers anything.
 */
export function notice(text, buttons, key) {
  if (key && remembered(key)) return;
  if (!place) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    place = make("div", { className: "notices" });
    document.body.append(place);
  }
  const box = make("div", { className: "toast notice", role: "status" });
  box.append(make("span", { textContent: text }));
  for (const [label, act] of buttons) {
    const button = make("button", { className: "btn btn-quiet btn-s", type: "button", textContent: label });
    button.onclick = () => {
      box.remove();
      if (key) remember(key);
      act?.();
    };
    box.append(button);
  }
  place.append(box);
}

/** An element with properties. */
export function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key) {
  try {
    localStorage.setItem(key, "1");
  } catch {
    // Then it is shown again.
  }
}
