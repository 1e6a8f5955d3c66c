// The page in another language. Texts come from the app in English, which is also what they are called: each text node and each attribute that is read
// or spoken is looked up by its English (`static/lang/messages.json`), where it enters the page. What is data, such as the name of a machine, has
// `translate="no"` around it and stays as it is; what is ours again within that has `translate="yes"`.
import { numbersOf } from "./numbers.js";
import { Messages } from "./messages.js";

const { groundwork } = self;

const ATTRIBUTES = ["alt", "aria-label", "aria-roledescription", "aria-valuetext", "label", "placeholder", "title"];
const DECIDES = "script, style, textarea, [translate], [lang]:not(html)";

/** What a node or an attribute said in English, and what it says now. */
const texts = new WeakMap();
const attributes = new WeakMap();

/** Translates, or gives back what it gets, for English. */
let say = (english) => english;

const observer = new MutationObserver((records) => {
  for (const { type, target, attributeName, addedNodes } of records) {
    if (type === "childList") addedNodes.forEach(showAll);
    else if (target.isConnected && !isUntouched(target)) type === "attributes" ? showAttribute(target, attributeName) : showText(target);
  }
  // What is done here is no news.
  observer.takeRecords();
});

function isUntouched(node) {
  const decides = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(DECIDES);
  return decides != null && decides.getAttribute("translate") !== "yes";
}

function showText(node) {
  const known = texts.get(node);
  const english = known?.shown === node.data ? known.english : node.data;
  const shown = say(english);
  texts.set(node, { english, shown });
  if (shown !== node.data) node.data = shown;
}

function showAttribute(element, name) {
  const value = element.getAttribute(name);
  if (value === null) return;
  const all = attributes.get(element) ?? {};
  const english = all[name]?.shown === value ? all[name].english : value;
  const shown = say(english);
  attributes.set(element, { ...all, [name]: { english, shown } });
  if (shown !== value) element.setAttribute(name, shown);
}

function showElement(element) {
  for (const name of ATTRIBUTES) if (element.hasAttribute(name)) showAttribute(element, name);
}

/** A tree that came into the page. */
function showAll(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = root; node; node = walker.nextNode()) {
    if (isUntouched(node)) continue;
    if (node.nodeType === Node.TEXT_NODE) showText(node);
    else if (node.nodeType === Node.ELEMENT_NODE) showElement(node);
  }
}

/** The English and the text of each message in `language`. */
async function pairsOf(language) {
  const file = await groundwork.file("lang/messages.json", "messages.json");
  const [languages, ...messages] = JSON.parse(await file.text());
  const column = languages.indexOf(language);
  return messages.map((message) => [message[0], message[column]]);
}

let asked;

/** Shows the page in `language`, a tag such as `de`, now and from now on. */
export async function use(language) {
  asked = language;
  const messages = language === "en" ? null : new Messages(await pairsOf(language), numbersOf(language));
  // Meanwhile, another one may have been asked for.
  if (asked !== language) return;
  say = groundwork.said = messages ? messages.say : (english) => english;
  observer.disconnect();
  document.documentElement.lang = language;
  showAll(document.documentElement);
  if (messages) observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES });
}
