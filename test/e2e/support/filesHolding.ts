import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The files below some folders that hold a text: as UTF-8, as UTF-16 (web storage), or in base 64
 * at any of its three offsets.
 */
export async function filesHolding(text: string, folders: readonly string[]): Promise<string[]> {
  const needles = [Buffer.from(text), Buffer.from(text, "utf16le"), ...inBase64(text)];
  const found = new Set<string>();
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((candidate) => candidate.isFile())) {
      const file = join(entry.parentPath, entry.name);
      const content = await readFile(file);
      if (needles.some((needle) => content.includes(needle))) found.add(file);
    }
  }
  return [...found].sort();
}

/** Base 64 of the text after 0 to 2 other bytes, without the characters that those touch. */
function inBase64(text: string): Buffer[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.from("x".repeat(offset) + text).toString("base64");
    return Buffer.from(encoded.slice(offset === 0 ? 0 : 4, -4));
  });
}
