import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { serveEditor } from "../../test/e2e/driver/codeServerEditor.ts";
import type { EditorLaunch } from "../../test/e2e/driver/editorProcess.ts";
import { prepareLaunch, type WorkbenchOptions } from "../../test/e2e/driver/workbench.ts";
import { ensureDesktop } from "../hosts/desktop.ts";
import { editorKind } from "../hosts/editorKind.ts";
import { ProcessGroup } from "../hosts/processGroup.ts";

/**
 * Opens the sample folder for a person: in desktop VS Code where there is one, else in code-server,
 * for the browser. Ends when the person closes the window, or with Ctrl+C.
 */
export async function openDemo(options: WorkbenchOptions): Promise<void> {
  const launch = prepareLaunch({
    ...options,
    settings: { "workbench.startupEditor": "readme" },
  });
  const desktop =
    desktopOnPath() ?? (editorKind() === "desktop" ? await ensureDesktop() : undefined);
  if (desktop === undefined) await inBrowser(launch);
  else await onDesktop(desktop, launch);
}

function desktopOnPath(): string | undefined {
  const name = process.platform === "win32" ? "code.cmd" : "code";
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

async function onDesktop(program: string, launch: EditorLaunch): Promise<void> {
  const { folders, env, folder, vsix } = launch;
  const run = async (...args: string[]): Promise<void> => {
    const ownFolders = [
      `--user-data-dir=${folders.userData}`,
      `--extensions-dir=${folders.extensions}`,
    ];
    const shell = process.platform === "win32" && program.endsWith(".cmd");
    const code = await new ProcessGroup(program, [...ownFolders, ...args], {
      env: { ...env },
      stdio: "ignore",
      shell,
    }).ended;
    if (code !== 0) throw new Error(`VS Code ended with exit code ${code}.`);
  };
  if (vsix !== undefined) await run("--install-extension", vsix);
  console.log("VS Code opens; its README tells what to try. Close its window to end.");
  await run("--disable-workspace-trust", "--new-window", "--wait", folder);
}

async function inBrowser(launch: EditorLaunch): Promise<void> {
  const editor = await serveEditor(launch);
  console.log(`\nOpen ${editor.url}\nThe README there tells what to try. Ctrl+C ends it.`);
  await new Promise(() => undefined);
}
