import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Environment } from "../../../src/aws/config/profiles.ts";

/** A folder of its own for each test of a suite, gone afterwards. Call it inside of `describe`. */
export function tempFolder(): TempFolder {
  const folder = new TempFolder();
  beforeEach(() => folder.create());
  afterEach(() => folder.remove());
  return folder;
}

export class TempFolder {
  #path = "";

  async create(): Promise<void> {
    this.#path = await mkdtemp(join(tmpdir(), "assume-role-test-"));
  }

  async remove(): Promise<void> {
    await rm(this.#path, { recursive: true, force: true });
  }

  path(...names: readonly string[]): string {
    return join(this.#path, ...names);
  }

  /** Writes a file and tells its path. */
  async write(name: string, text: string): Promise<string> {
    const file = this.path(name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  /** The environment of a user whose home this is. */
  home(more: Environment = {}): Environment {
    return { HOME: this.#path, ...more };
  }
}
