import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../hosts/paths.ts";

/**
 * Bundles the extension from source into dist/.
 * @throws an Error if the bundler fails or warns.
 */
export function buildExtension(): void {
  // A bundle that is no longer built would still be packed.
  rmSync(join(projectRoot, "dist"), { recursive: true, force: true });
  const output = runNode([join(projectRoot, "esbuild.mjs")]);
  if (output !== "") throw new Error(`The bundler has something to say:\n${output}`);
}

let packaged: string | undefined;

/**
 * Bundles the extension and packs it as a user installs it, once a process; prints the sizes.
 * @returns the absolute path of the .vsix.
 * @throws an Error if a tool fails or warns.
 */
export function packageExtension(): string {
  packaged ??= buildPackage();
  return packaged;
}

function buildPackage(): string {
  buildExtension();
  const file = join(projectRoot, vsixName());
  const vsce = join(projectRoot, "node_modules/@vscode/vsce/vsce");
  const output = runNode([vsce, "package", "--no-dependencies", "--out", file]);
  if (/\bWARNING\b/.test(output)) throw new Error(`The packaging tool warns:\n${output}`);
  for (const bundle of readdirSync(join(projectRoot, "dist")).filter((n) => n.endsWith(".cjs"))) {
    printSize(join("dist", bundle));
  }
  printSize(vsixName());
  return file;
}

function vsixName(): string {
  const text = readFileSync(join(projectRoot, "package.json"), "utf8");
  const { name, version } = JSON.parse(text) as { name: string; version: string };
  return `${name}-${version}.vsix`;
}

/** Runs a Node.js program to its end and returns all that it printed. */
function runNode(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: projectRoot,
    encoding: "utf8",
  });
  const output = `${stdout}${stderr}`.trim();
  if (status !== 0) throw new Error(`${args.join(" ")} failed:\n${output}`);
  return output;
}

/** @param file relative to the project's folder. */
function printSize(file: string): void {
  const kilobytes = statSync(join(projectRoot, file)).size / 1024;
  console.log(`${kilobytes.toFixed(1).padStart(8)} KB  ${file}`);
}
