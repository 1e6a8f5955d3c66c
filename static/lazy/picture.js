// A chart as a file: an SVG that says its own colours, with title and legend, and a PNG that is drawn from it.

const SPACE = "http://www.w3.org/2000/svg";
/** Around the chart, in px. */
const MARGIN = 16;
/** The height of the title, and the gap before the legend. */
const TITLE = 28;
const GAP = 12;
/** Pixels of a PNG for each px, and the most of them on a side: what every browser draws. */
const SCALE = 2;
const MOST = 16_000;

/** What a shape looks like, with what it is unless said. */
const LOOKS = {
  fill: "rgb(0, 0, 0)",
  "fill-opacity": "1",
  stroke: "none",
  "stroke-width": "1px",
  "stroke-dasharray": "none",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  "stroke-opacity": "1",
  opacity: "1",
};
const LETTERS = { "font-family": "", "font-size": "", "font-weight": "400", "text-anchor": "start", "dominant-baseline": "auto" };
/** What it is, as far as it has that. */
const GEOMETRY = ["d", "x", "y", "cx", "cy", "r", "width", "height", "rx", "transform"];

/** The chart as `svg` or `png`, with what it is called: `{ title, type, bytes }`. */
export async function picture(chart, format) {
  const title = chart.closest("section")?.querySelector("h2, h3")?.textContent.trim() ?? "";
  const svg = drawn(chart, title);
  const text = new XMLSerializer().serializeToString(svg);
  if (format === "svg") return { title, type: "image/svg+xml", bytes: new TextEncoder().encode(text) };
  return { title, type: "image/png", bytes: await painted(text, Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))) };
}

function drawn(chart, title) {
  const plot = chart.querySelector(".chart-plot > svg");
  if (!plot) throw Error("The chart is not shown as a picture");
  const legend = chart.querySelector(".legend");
  const place = legend?.getBoundingClientRect();
  const [width, height] = ["width", "height"].map((side) => Number(plot.getAttribute(side)));
  const whole = [width + 2 * MARGIN, MARGIN + TITLE + height + (place ? GAP + place.height : 0) + MARGIN];
  const svg = make("svg", { width: whole[0], height: Math.ceil(whole[1]), viewBox: `0 0 ${whole[0]} ${Math.ceil(whole[1])}` });
  const { color, fontFamily } = getComputedStyle(chart.closest("section") ?? chart);
  svg.append(
    make("title", {}, title),
    make("desc", {}, plot.getAttribute("aria-label")),
    make("rect", { width: "100%", height: "100%", fill: behind(chart) }),
    make("text", { x: MARGIN, y: MARGIN + 14, fill: color, "font-family": fontFamily, "font-size": 14, "font-weight": 600 }, title),
  );
  const body = make("g", { transform: `translate(${MARGIN} ${MARGIN + TITLE})` });
  body.append(...[...plot.children].map(copy));
  svg.append(body);
  if (place) svg.append(...[...legend.children].map((entry) => named(entry, place, MARGIN + TITLE + height + GAP)));
  return svg;
}

/** A shape with its looks, without what belongs to the page. */
function copy(shape) {
  const looks = getComputedStyle(shape);
  const attributes = Object.entries(shape.localName === "text" ? { ...LOOKS, ...LETTERS } : LOOKS).map(([name, usual]) => [name, looks.getPropertyValue(name), usual]);
  const result = make(shape.localName, Object.fromEntries(attributes.filter(([, value, usual]) => value && value !== usual).map(([name, value]) => [name, value])));
  for (const name of GEOMETRY) if (shape.hasAttribute(name)) result.setAttribute(name, shape.getAttribute(name));
  if (shape.children.length) result.append(...[...shape.children].map(copy));
  else result.textContent = shape.textContent;
  return result;
}

/** An entry of the legend, where it stands on the page. */
function named(entry, { left, top }, down) {
  const swatch = entry.querySelector(".swatch rect");
  const [box, square] = [entry, entry.querySelector(".swatch")].map((it) => it.getBoundingClientRect());
  const { color, fontFamily, fontSize } = getComputedStyle(entry);
  const group = make("g", { transform: `translate(${MARGIN + box.left - left} ${down + box.top - top})` });
  const middle = box.height / 2;
  group.append(
    make("rect", { x: square.left - box.left, y: middle - square.height / 2, width: square.width, height: square.height, rx: 2, fill: getComputedStyle(swatch).fill }),
    make("text", { x: square.right - box.left + 6, y: middle + parseFloat(fontSize) * 0.35, fill: color, "font-family": fontFamily, "font-size": fontSize }, entry.textContent),
  );
  return group;
}

/** The colour behind an element. */
function behind(element) {
  for (let it = element; it; it = it.parentElement) {
    const { backgroundColor } = getComputedStyle(it);
    if (!/^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor)) return backgroundColor;
  }
  return "Canvas";
}

function make(name, attributes, text = "") {
  const element = document.createElementNS(SPACE, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  if (text) element.textContent = text;
  return element;
}

/** The SVG as the bytes of a PNG. */
async function painted(text, width, height) {
  const image = new Image();
  const loaded = new Promise((resolve, reject) => {
    image.onload = resolve;
    image.onerror = () => reject(Error("This browser cannot draw the chart as PNG. Take the SVG"));
  });
  image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
  await loaded;
  const scale = Math.min(SCALE, MOST / Math.max(width, height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height].map((side) => Math.round(side * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw Error("The chart is too large for a PNG here. Take the SVG");
  return new Uint8Array(await blob.arrayBuffer());
}
