// The dialogue that makes a link of the project.
import { LIMITS, encode } from "./codec.js";
import { make } from "./notice.js";
import { write } from "./project.js";

/** Opens the dialogue. */
export function open() {
  const dialog = make("dialog", { className: "dialog" });
  dialog.setAttribute("aria-labelledby", "share-title");
  const head = make("header", { className: "dialog-head" });
  head.append(make("h2", { id: "share-title", textContent: "Share this project" }));
  const body = make("div", { className: "dialog-body" });
  const about = "The link holds the whole project, compressed; nothing is sent to a server. Whoever has the link can read it.";
  const anonymous = make("input", { type: "checkbox" });
  const names = make("label", {});
  names.append(anonymous, " Make up the names of machines, hosts, clusters, folders and files. Plan and cost stay the same.");
  const link = make("textarea", { readOnly: true, rows: 4, ariaLabel: "Link" });
  // The policy blocks style attributes, not this.
  link.style.cssText = "width: 100%; resize: vertical; font: inherit; color: inherit; background: var(--sunken); border: 1px solid var(--line-strong); border-radius: var(--radius);";
  const state = make("p", { className: "muted", role: "status" });
  body.append(make("p", { textContent: about }), names, link, state);
  const foot = make("footer", { className: "dialog-foot" });
  const close = make("button", { type: "button", className: "btn btn-quiet", textContent: "Close" });
  const save = make("button", { type: "button", className: "btn", textContent: "Save as file" });
  const copy = make("button", { type: "button", className: "btn btn-primary", textContent: "Copy link" });
  foot.append(close, save, copy);
  dialog.append(head, body, foot);

  let file;
  const refresh = async () => {
    const asked = anonymous.checked;
    copy.disabled = save.disabled = true;
    link.value = "";
    state.textContent = "Making the link…";
    try {
      const written = await write(asked);
      const address = location.href.split(/[?#]/)[0] + (await encode(written.bytes));
      // The box may have been ticked meanwhile.
      if (asked !== anonymous.checked) return;
      file = written;
      save.disabled = false;
      copy.disabled = address.length > LIMITS.most;
      if (!copy.disabled) link.value = address;
      state.textContent = verdict(address.length);
    } catch (error) {
      state.textContent = error.message;
    }
  };
  anonymous.onchange = refresh;
  copy.onclick = async () => {
    link.select();
    try {
      await navigator.clipboard.writeText(link.value);
      state.textContent = "Copied";
    } catch {
      state.textContent = "This browser lets the page copy nothing: press Ctrl C";
    }
  };
  save.onclick = () => self.groundwork.hand(file.name, "application/json", file.bytes);
  close.onclick = () => dialog.close();
  dialog.onclose = () => dialog.remove();
  document.body.append(dialog);
  dialog.showModal();
  refresh();
}

/** What a link of this length is good for. */
function verdict(length) {
  const letters = `${length.toLocaleString("en")} characters`;
  if (length > LIMITS.most) return `As a link this project would have ${letters}, more than programs pass on whole. Share it as a file.`;
  if (length > LIMITS.free) return `${letters}: some mail and chat programs cut links of this length. A file is safer.`;
  if (location.protocol === "file:") return `${letters}. It opens where this file lies at the same place.`;
  return letters;
}
