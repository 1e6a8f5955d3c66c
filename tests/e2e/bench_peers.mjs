// Lets HiGHS bound the planner problems in a worker of a real browser, as ours does: `node bench_peers.mjs <folder> <build of the npm package highs> <seconds>`.
// Adds its answers to peers.json in the folder, which `benches/peers.py` wrote; the model is the same as there. `cargo xtask bench placement --peers` calls it.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { LAUNCH_OPTIONS } from "./browser.mjs";

const [folder, build, seconds] = process.argv.slice(2);
const script = await readFile(join(build, "highs.js"), "utf8");
const module = (await readFile(join(build, "highs.wasm"))).toString("base64");

/** In the worker: the problem as a linear program, by rows. For each place its hosts and whether it is open; then where each machine is, or as an instance. */
function program({ footprints, machines }, isWhole, highs) {
  const endless = highs.infinity;
  const cost = footprints.flatMap((place) => [place.host_cost, place.fixed_cost]);
  const most = footprints.flatMap((place) => [place.max_hosts, 1]);
  const room = footprints.map((place) => place.capacity.map(() => []));
  const rows = machines.map((machine) => {
    const options = [];
    footprints.forEach((_, place) => {
      if (!((machine.allowed >> place) & 1)) return;
      const column = cost.push(machine.extra_cost[place]) - 1;
      options.push([column, 1]);
      machine.demand.forEach((amount, resource) => room[place][resource].push([column, amount]));
    });
    options.push([cost.push(machine.instance_cost) - 1, 1]);
    return [1, 1, options];
  });
  footprints.forEach((place, index) => {
    const [hosts, opened] = [2 * index, 2 * index + 1];
    place.capacity.forEach((capacity, resource) => {
      rows.push([-endless, 0, [...room[index][resource], [hosts, -capacity], [opened, place.spare_hosts * capacity]]]);
    });
    rows.push([-endless, 0, [[hosts, 1], [opened, -place.max_hosts]]]);
    rows.push([0, endless, [[hosts, 1], [opened, -place.min_hosts]]]);
  });
  const entries = rows.flatMap(([, , row]) => row);
  const starts = [0];
  for (const [, , row] of rows) starts.push(starts.at(-1) + row.length);
  const upper = cost.map((_, column) => most[column] ?? 1);
  const model = {
    numCols: cost.length,
    numRows: rows.length,
    colCost: Float64Array.from(cost),
    colLower: new Float64Array(cost.length),
    colUpper: Float64Array.from(upper),
    rowLower: Float64Array.from(rows, ([least]) => least),
    rowUpper: Float64Array.from(rows, ([, most]) => most),
    matrix: {
      format: "csr",
      numCols: cost.length,
      numRows: rows.length,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(entries, ([column]) => column),
      values: Float64Array.from(entries, ([, value]) => value),
    },
  };
  const { integer, continuous } = highs.constants.variableType;
  if (isWhole) model.integrality = Int32Array.from(cost, (_, column) => (column < most.length ? integer : continuous));
  return model;
}

const worker = `${script}
${program}
onmessage = async ({ data }) => {
  try {
    const url = URL.createObjectURL(new Blob([data.module], { type: "application/wasm" }));
    const highs = await Module({ locateFile: () => url });
    const start = performance.now();
    const found = highs.withModel(program(JSON.parse(data.text), data.isWhole, highs), (model) => {
      model.options.set({ output_flag: false, time_limit: data.seconds });
      model.run();
      const isDone = model.getModelStatus() === highs.constants.modelStatus.optimal;
      if (data.isWhole) return model.info.get("mip_dual_bound");
      return isDone ? model.getObjectiveValue() : null;
    });
    postMessage({ bound: Number.isFinite(found) ? found : null, time: performance.now() - start });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};`;

const browser = await chromium.launch(LAUNCH_OPTIONS);
const page = await browser.newPage();
await page.goto("about:blank");

const answer = (text, isWhole) =>
  page.evaluate(
    ([worker, module, text, isWhole, seconds]) =>
      new Promise((resolve, reject) => {
        const url = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
        const solver = new Worker(url);
        solver.onmessage = ({ data }) => {
          solver.terminate();
          URL.revokeObjectURL(url);
          resolve(data);
        };
        solver.onerror = (event) => reject(new Error(event.message));
        solver.postMessage({ module: Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0)), text, isWhole, seconds });
      }),
    [worker, module, text, isWhole, Number(seconds)],
  );

const tasks = JSON.parse(await readFile(join(folder, "tasks.json"), "utf8"));
const peers = JSON.parse(await readFile(join(folder, "peers.json"), "utf8"));
for (const task of tasks.filter(({ set }) => set === "planner10k")) {
  const text = await readFile(join(folder, task.file), "utf8");
  for (const isWhole of [false, true]) {
    const by = `HiGHS in the browser, ${isWhole ? "whole hosts" : "relaxed"}`;
    const { error, bound, time } = await answer(text, isWhole);
    if (error) throw new Error(`${task.name}: ${by}: ${error}`);
    console.log(`${task.name}: ${by}: ${bound ?? "not done in time"} in ${(time / 1000).toFixed(1)} s`);
    peers.push({ by, name: task.name, limit: Number(seconds) * 1000, cost: null, bound, time, hosts: null, first: null, accepted: null, memory: null });
  }
}
await browser.close();
await writeFile(join(folder, "peers.json"), JSON.stringify(peers, null, 2));
