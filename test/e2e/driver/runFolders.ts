import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";

/** The folders of one editor, absolute; two starts with the same ones are a restart. */
export interface RunFolders {
  /** Holds all the others. */
  readonly root: string;
  /** HOME of the editor and its terminals: put a .aws folder here. */
  readonly home: string;
  /** The editor's settings, state and logs. */
  readonly userData: string;
  readonly extensions: string;
  /** The browser's profile, where web storage is. */
  readonly browserProfile: string;
  /** TMPDIR of the editor and its terminals. */
  readonly temp: string;
  /** The folder that is open in the editor unless another is asked for. */
  readonly workspace: string;
  /** Where the driver keeps what it types and what commands print: secrets may show up here. */
  readonly scratch: string;
}

/** Creates empty folders under the system's own for temporary files. */
export function createRunFolders(): RunFolders {
  // A short name: sockets are made in it, whose paths are limited to about a hundred characters.
  const root = realpathSync(mkdtempSync(join(tmpdir(), "aar-")));
  const folder = (name: string): string => {
    mkdirSync(join(root, name), { mode: 0o700 });
    return join(root, name);
  };
  return {
    root,
    home: folder("home"),
    userData: folder("data"),
    extensions: folder("extensions"),
    browserProfile: folder("browser"),
    temp: folder("tmp"),
    workspace: folder("workspace"),
    scratch: folder("scratch"),
  };
}

/** Deletes the folders and all that the run left in them. */
export function removeRunFolders(folders: RunFolders): void {
  rmSync(folders.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** A process environment with nothing of AWS, npm or an enclosing editor in it. */
export function cleanEnvironment(
  folders: RunFolders,
  extra: Readonly<Record<string, string>>,
): Record<string, string> {
  const path = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .join(delimiter);
  return {
    ...inherited(["DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "SystemRoot", "ComSpec"]),
    PATH: path,
    HOME: folders.home,
    USERPROFILE: folders.home,
    TMPDIR: folders.temp,
    USER: userInfo().username,
    LANG: "C.UTF-8",
    SHELL: existsSync("/bin/bash") ? "/bin/bash" : "/bin/sh",
    ...extra,
  };
}

function inherited(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
