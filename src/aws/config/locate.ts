import { readFile } from "node:fs/promises";
import type { SharedConfigFiles } from "./profiles.ts";

/** A line of a file; the first is 1. */
export interface FileLine {
  readonly file: string;
  readonly line: number;
}

/**
 * Finds the line of a profile's key, or of its header if the key is not in it, in the shared config
 * files. The SDK's parser keeps no positions, so the file is looked through once more, and only
 * when there is something to point at. `undefined` if no file has the profile.
 */
export async function locateProfile(
  files: SharedConfigFiles,
  profile: string,
  key?: string,
): Promise<FileLine | undefined> {
  const places = await Promise.all([
    locateIn(files.credentials, [profile], key),
    locateIn(
      files.config,
      profile === "default" ? ["default", "profile default"] : [`profile ${profile}`],
      key,
    ),
  ]);
  const found = places.filter((place) => place !== undefined);
  return found.find((place) => place.isKey) ?? found.at(-1);
}

async function locateIn(
  file: string,
  headers: readonly string[],
  key: string | undefined,
): Promise<(FileLine & { readonly isKey: boolean }) | undefined> {
  const text = await readFile(file, "utf8").catch(() => "");
  let header: number | undefined;
  let inside = false;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const section = /^\s*\[\s*(.+?)\s*\]\s*(?:[#;].*)?$/.exec(line)?.[1];
    if (section !== undefined) {
      inside = headers.includes(section.replace(/\s+/g, " ").replace(/["']/g, ""));
      if (inside) header ??= index + 1;
    } else if (inside && key !== undefined && line.split("=")[0]?.trim() === key) {
      return { file, line: index + 1, isKey: true };
    }
  }
  return header === undefined ? undefined : { file, line: header, isKey: false };
}
