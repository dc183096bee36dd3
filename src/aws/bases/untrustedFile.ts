import { realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { SharedConfigFiles } from "../config/profiles.ts";

/** The shared config file that lies in one of the folders, wherever links lead; `undefined` if none does. */
export async function untrustedFile(
  { config, credentials }: SharedConfigFiles,
  folders: readonly string[],
): Promise<string | undefined> {
  if (folders.length === 0) return undefined;
  const places = await Promise.all(folders.map(realPlace));
  for (const file of [config, credentials]) {
    const candidates = [resolve(file), await realPlace(file)];
    const isInside = candidates.some((candidate) =>
      [...folders, ...places].some((folder) => contains(folder, candidate)),
    );
    if (isInside) return file;
  }
  return undefined;
}

/** A file that isn't there can't be read either, so its name will do. */
async function realPlace(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

function contains(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
