import type { Page } from "playwright-core";
import type { RunFolders } from "./runFolders.ts";

/** What it takes to start an editor, whichever it is. */
export interface EditorLaunch {
  readonly folders: RunFolders;
  /** The packaged extension to install, absolute; without it none is installed. */
  readonly vsix?: string;
  /** The folder to open, absolute. */
  readonly folder: string;
  /** The whole environment of the editor. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether the editor asks if the folder is trusted, and restricts itself until it is. */
  readonly workspaceTrust: boolean;
}

/** A running editor with its window. */
export interface EditorProcess {
  readonly page: Page;
  /** Opens one more window on another folder. */
  openWindow(folder: string): Promise<Page>;
  /** Ends the window and every process of the editor. */
  stop(): Promise<void>;
}
