import { resolveCliPathFromVSCodeExecutablePath } from "@vscode/test-electron";
import { type Browser, chromium, type Page } from "playwright-core";
import { ensureDesktop } from "../../../scripts/hosts/desktop.ts";
import { freePort, untilServing } from "../../../scripts/hosts/loopback.ts";
import { ProcessGroup } from "../../../scripts/hosts/processGroup.ts";
import type { EditorLaunch, EditorProcess } from "./editorProcess.ts";

/** Starts desktop VS Code with the packaged extension and attaches to its window. */
export async function openOnDesktop(launch: EditorLaunch): Promise<EditorProcess> {
  const program = await ensureDesktop();
  if (launch.vsix !== undefined) await installExtension(program, launch, launch.vsix);
  const port = await freePort();
  const editor = start(program, launch, [
    `--remote-debugging-port=${port}`,
    "--no-sandbox",
    "--disable-gpu",
    "--disable-updates",
    "--disable-telemetry",
    "--skip-welcome",
    "--skip-release-notes",
    // The system's keyring would ask for a password.
    "--password-store=basic",
    ...(launch.workspaceTrust ? [] : ["--disable-workspace-trust"]),
    launch.folder,
  ]);
  const address = `http://127.0.0.1:${port}`;
  try {
    await untilServing(`${address}/json/version`, editor);
    const browser = await chromium.connectOverCDP(address);
    const stop = async (): Promise<void> => {
      await browser.close();
      await editor.stop();
    };
    const openWindow = async (folder: string): Promise<Page> => {
      const opened = browser.contexts()[0]?.waitForEvent("page", { predicate: isWorkbench });
      await start(program, launch, ["--new-window", folder]).ended;
      return opened ?? workbenchPage(browser);
    };
    return { page: await workbenchPage(browser), openWindow, stop };
  } catch (error) {
    await editor.stop();
    throw error;
  }
}

const isWorkbench = (page: Page): boolean => page.url().includes("workbench");

async function workbenchPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts();
  if (context === undefined) throw new Error("The editor has no window to attach to.");
  const open = context.pages().find(isWorkbench);
  return open ?? (await context.waitForEvent("page", { predicate: isWorkbench }));
}

async function installExtension(
  program: string,
  launch: EditorLaunch,
  vsix: string,
): Promise<void> {
  const cli = resolveCliPathFromVSCodeExecutablePath(program);
  const code = await start(cli, launch, ["--install-extension", vsix]).ended;
  if (code !== 0) throw new Error(`VS Code did not install ${vsix}: exit code ${code}`);
}

function start(program: string, { folders, env }: EditorLaunch, args: string[]): ProcessGroup {
  const ownFolders = [
    `--user-data-dir=${folders.userData}`,
    `--extensions-dir=${folders.extensions}`,
  ];
  return new ProcessGroup(program, [...ownFolders, ...args], {
    env: { ...env },
    stdio: "ignore",
    // The command-line program of Windows is a batch file.
    shell: process.platform === "win32" && program.endsWith(".cmd"),
  });
}
