/**
 * Starts scripts/<name>.ts on the Node.js that the project pins, in a checkout where nothing may be
 * installed yet: plain JavaScript, for Node.js 20 or later, without a dependency.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const pinnedNode = join(root, "node_modules/node/bin", nodeFile());
const names = ["test", "try", "bench", "package", "interop"];

const [name = "", ...args] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`Usage: node scripts/run.mjs ${names.join("|")} [arguments]`);
  process.exit(2);
}
if (!dependenciesMatchLock()) installDependencies();
forward(spawn(pinnedNode, [join(root, `scripts/${name}.ts`), ...args], { stdio: "inherit" }));

function nodeFile() {
  return process.platform === "win32" ? "node.exe" : "node";
}

/**
 * npm writes node_modules/.package-lock.json as the last thing that an install does, so a
 * half-finished install has none and is done again. Packages for other platforms are not in it.
 */
function dependenciesMatchLock() {
  const installed = lockedPackages("node_modules/.package-lock.json");
  const wanted = lockedPackages("package-lock.json");
  if (!installed || !wanted || !existsSync(pinnedNode)) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || (installed[path] ? installed[path].version === version : optional),
  );
}

/**
 * @param {string} file
 * @returns {Record<string, {version?: string, optional?: boolean}> | undefined}
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch {
    return undefined;
  }
}

function installDependencies() {
  console.log("Installing the dependencies of package-lock.json…");
  const { status, error } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  console.error(`npm ci failed${error ? `: ${error.message}` : ""}`);
  process.exit(status ?? 1);
}

/** @param {import("node:child_process").ChildProcess} child */
function forward(child) {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("error", (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
