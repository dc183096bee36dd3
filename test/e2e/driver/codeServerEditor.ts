import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { chromiumArguments, ensureChromium } from "../../../scripts/hosts/chromium.ts";
import { type CodeServer, ensureCodeServer } from "../../../scripts/hosts/codeServer.ts";
import { freePort, untilServing } from "../../../scripts/hosts/loopback.ts";
import { ProcessGroup } from "../../../scripts/hosts/processGroup.ts";
import type { EditorLaunch, EditorProcess } from "./editorProcess.ts";

const windowSize = { width: 1280, height: 800 };

/** A VS Code that waits for a browser. */
export interface ServedEditor {
  /** The address on loopback that opens the folder. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts code-server with the packaged extension, as a user has it, without a browser. */
export async function serveEditor(launch: EditorLaunch): Promise<ServedEditor> {
  const program = await ensureCodeServer();
  if (launch.vsix !== undefined) await installExtension(program, launch, launch.vsix);
  const port = await freePort();
  const server = startProgram(program, launch, "server", [
    "--auth",
    "none",
    "--bind-addr",
    `127.0.0.1:${port}`,
    "--disable-telemetry",
    "--disable-update-check",
    "--disable-getting-started-override",
    ...(launch.workspaceTrust ? [] : ["--disable-workspace-trust"]),
  ]);
  await untilServing(`http://127.0.0.1:${port}/healthz`, server);
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set("folder", launch.folder);
  return { url: url.href, stop: () => server.stop() };
}

/** Starts code-server and opens it in a headless Chromium that keeps its profile. */
export async function openInBrowser(launch: EditorLaunch): Promise<EditorProcess> {
  const executablePath = await ensureChromium();
  const served = await serveEditor(launch);
  try {
    const context = await chromium.launchPersistentContext(launch.folders.browserProfile, {
      executablePath,
      args: [...chromiumArguments],
      env: { ...launch.env },
      viewport: windowSize,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const stop = async (): Promise<void> => {
      await context.close();
      await served.stop();
    };
    const [page = await context.newPage()] = context.pages();
    await page.goto(served.url);
    const openWindow = async (folder: string): Promise<Page> => {
      const url = new URL(served.url);
      url.searchParams.set("folder", folder);
      const other = await context.newPage();
      await other.goto(url.href);
      return other;
    };
    return { page, openWindow, stop };
  } catch (error) {
    await served.stop();
    throw error;
  }
}

async function installExtension(
  program: CodeServer,
  launch: EditorLaunch,
  vsix: string,
): Promise<void> {
  const installer = startProgram(program, launch, "install", ["--install-extension", vsix]);
  const code = await installer.ended;
  if (code !== 0) throw new Error(`code-server did not install ${vsix}: exit code ${code}`);
}

/** Runs code-server on the run's own folders, with its output in `<data>/<log>.log`. */
function startProgram(
  program: CodeServer,
  { folders, env }: EditorLaunch,
  log: string,
  args: readonly string[],
): ProcessGroup {
  const output = openSync(join(folders.userData, `${log}.log`), "a");
  const ownFolders = [
    "--user-data-dir",
    folders.userData,
    "--extensions-dir",
    folders.extensions,
    "--config",
    join(folders.root, "code-server.yaml"),
  ];
  try {
    return new ProcessGroup(program.node, [program.entry, ...ownFolders, ...args], {
      env: { ...env },
      stdio: ["ignore", output, output],
    });
  } finally {
    closeSync(output);
  }
}
