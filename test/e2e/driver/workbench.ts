import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { editorKind } from "../../../scripts/hosts/editorKind.ts";
import { outFolder } from "../../../scripts/hosts/paths.ts";
import { openInBrowser } from "./codeServerEditor.ts";
import { openOnDesktop } from "./desktopEditor.ts";
import type { PageElement } from "./dom.ts";
import type { EditorLaunch, EditorProcess } from "./editorProcess.ts";
import { Dialog, Notifications } from "./notifications.ts";
import { QuickInput } from "./quickInput.ts";
import {
  cleanEnvironment,
  createRunFolders,
  type RunFolders,
  removeRunFolders,
} from "./runFolders.ts";
import { StatusBar } from "./statusBar.ts";
import { Terminals } from "./terminals.ts";
import { defaultTimeoutMs, until } from "./until.ts";

/** Settings that keep the window free of what the tests are not about. */
const quietSettings = {
  "chat.disableAIFeatures": true,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "terminal.integrated.gpuAcceleration": "off",
  "terminal.integrated.tabs.hideCondition": "never",
  "update.mode": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** How to start a workbench. */
export interface WorkbenchOptions {
  /** The packaged extension, absolute; without it the editor has no extension. */
  readonly vsix?: string;
  /** Folders to run in, for files in HOME before the start or for a restart; else new ones. */
  readonly folders?: RunFolders;
  /** The folder to open, absolute; else the empty one of `folders`. */
  readonly folder?: string;
  /** Environment of the editor and its terminals, beside a clean one with its own HOME. */
  readonly env?: Readonly<Record<string, string>>;
  /** User settings beside the driver's own. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether to ask if the folder is trusted. Default: false, all folders are trusted. */
  readonly workspaceTrust?: boolean;
}

/** A real VS Code with the packaged extension, driven as a user would. */
export class Workbench {
  readonly page: Page;
  readonly folders: RunFolders;
  readonly quickInput: QuickInput;
  readonly terminals: Terminals;
  readonly statusBar: StatusBar;
  readonly notifications: Notifications;
  readonly dialog: Dialog;
  readonly #editor: EditorProcess;
  readonly #launch: EditorLaunch;

  private constructor(editor: EditorProcess, launch: EditorLaunch) {
    this.#editor = editor;
    this.#launch = launch;
    this.page = editor.page;
    this.page.setDefaultTimeout(defaultTimeoutMs);
    this.folders = launch.folders;
    this.quickInput = new QuickInput(this.page);
    this.terminals = new Terminals(this.page, this.folders.scratch, (title) => this.command(title));
    this.statusBar = new StatusBar(this.page);
    this.notifications = new Notifications(this.page);
    this.dialog = new Dialog(this.page);
  }

  /** Starts the editor that `editorKind` chooses; resolves when its window can be used. */
  static async start(options: WorkbenchOptions): Promise<Workbench> {
    const launch = prepareLaunch(options);
    const open = editorKind() === "desktop" ? openOnDesktop : openInBrowser;
    const workbench = new Workbench(await open(launch), launch);
    await workbench.#usable();
    return workbench;
  }

  /** Opens one more window of the same editor, on another folder. Stop the first one, not this. */
  async openWindow(folder: string): Promise<Workbench> {
    const page = await this.#editor.openWindow(folder);
    const workbench = new Workbench({ ...this.#editor, page }, { ...this.#launch, folder });
    await workbench.#usable();
    return workbench;
  }

  /** Ends the editor; deletes the folders unless they are to be kept, for a restart or a search. */
  async stop({ keepFolders = false } = {}): Promise<void> {
    await this.#editor.stop();
    if (!keepFolders) removeRunFolders(this.folders);
  }

  /** Runs a command of the palette by its whole title, such as "AWS: Assume Role…". */
  async command(title: string): Promise<void> {
    await this.quickInput.openPaletteAt(title);
    await this.quickInput.pick(title);
  }

  /** Waits until the palette offers the command. */
  async hasCommand(title: string): Promise<void> {
    await this.quickInput.openPaletteAt(title);
    await this.quickInput.escape();
    await this.quickInput.closed();
  }

  /** Reloads the window; the terminals outlive that. */
  async reload(): Promise<void> {
    const body = this.page.locator("body");
    await body.evaluate((element: PageElement) => element.setAttribute("data-before-reload", ""));
    await this.command("Developer: Reload Window");
    await this.page.locator("body:not([data-before-reload])").waitFor();
    this.terminals.forgetReadiness();
    await this.#usable();
  }

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press("Control+P");
    await this.quickInput.opened();
    await this.quickInput.type(name);
    await this.quickInput.pick(name);
    await this.page.locator(".tab.active").filter({ hasText: name }).waitFor();
  }

  /** Waits until the text in view in an editor matches. */
  async editorShows(pattern: RegExp): Promise<void> {
    const lines = this.page.locator(".editor-instance .view-lines");
    // The editor draws spaces as non-breaking ones.
    const text = async (): Promise<string> =>
      (await lines.allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
    await until(
      `an editor with ${pattern}`,
      async () => pattern.test(await text()),
      undefined,
      text,
    );
  }

  /** Where the cursor is, as the status bar tells it: "Ln 1, Col 1". */
  async cursor(): Promise<string> {
    const item = await this.statusBar.itemWhere("status.editor.selection", () => true);
    return item.text;
  }

  /** The next page that the window opens in the browser. Await it after what opens it. */
  nextPage(): Promise<Page> {
    return this.page.context().waitForEvent("page");
  }

  /** Saves a picture as out/screenshots/<name>.png and returns its path. */
  async screenshot(name: string): Promise<string> {
    const path = join(outFolder, "screenshots", `${name}.png`);
    mkdirSync(dirname(path), { recursive: true });
    // Without this a notification is half way in.
    await this.page.screenshot({ path, animations: "disabled" });
    return path;
  }

  /** What is in the clipboard. */
  async clipboard(): Promise<string> {
    return this.page.evaluate<string>("navigator.clipboard.readText()");
  }

  /** What the extension wrote to its log output channel, over all reloads, oldest first. */
  extensionLog(extensionId: string): string {
    const isLog = (file: string): boolean =>
      file.endsWith(".log") && basename(dirname(file)) === extensionId;
    return filesIn(join(this.folders.userData, "logs"))
      .filter(isLog)
      .sort((a, b) => statSync(a).birthtimeMs - statSync(b).birthtimeMs)
      .map((file) => readFileSync(file, "utf8"))
      .join("");
  }

  /** Every folder that the editor wrote to. Not among them: `folders.scratch`, the driver's own. */
  dataDirs(): string[] {
    const { home, userData, extensions, browserProfile, temp } = this.folders;
    return [home, userData, extensions, browserProfile, temp, this.#launch.folder];
  }

  async #usable(): Promise<void> {
    await this.page
      .locator(".monaco-workbench .statusbar-item")
      .first()
      .waitFor({ timeout: 60_000 });
  }
}

/**
 * Makes the folders and settings of a start, without starting anything: for a person's own window
 * on the editor that `serveEditor` serves.
 */
export function prepareLaunch(options: WorkbenchOptions): EditorLaunch {
  const folders = options.folders ?? createRunFolders();
  const settings = join(folders.userData, "User/settings.json");
  mkdirSync(dirname(settings), { recursive: true });
  writeFileSync(settings, JSON.stringify({ ...quietSettings, ...options.settings }, null, 2));
  return {
    folders,
    ...(options.vsix === undefined ? {} : { vsix: options.vsix }),
    folder: options.folder ?? folders.workspace,
    env: cleanEnvironment(folders, options.env ?? {}),
    workspaceTrust: options.workspaceTrust ?? false,
  };
}

/** The absolute paths of all files under a folder; none if there is no such folder. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}
