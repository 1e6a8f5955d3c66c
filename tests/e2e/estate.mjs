// Large inventories, for journeys and measurements.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The path of an inventory of so many machines, which is made where it is not there. */
export function inventory(machines) {
  const file = `${ROOT}target/estate-${machines}.xlsx`;
  if (existsSync(file)) return file;
  console.log(`Making an inventory of ${machines} machines …`);
  const options = ["--machines", String(machines), "--seed", "7", file];
  // As `cargo xtask test` compiles, so that the library is not compiled once more.
  const env = { ...process.env, ...(process.env.CI && { CARGO_INCREMENTAL: "0" }) };
  execFileSync("cargo", ["run", "--locked", "--quiet", "--example", "make_estate", "--", ...options], { cwd: ROOT, stdio: "inherit", env });
  return file;
}
