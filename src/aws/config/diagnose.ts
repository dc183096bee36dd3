import { readFile } from "node:fs/promises";
import type { FileLine } from "./locate.ts";
import type { SharedConfigFiles } from "./profiles.ts";

/** What is wrong with a shared config file itself, whatever its profiles say. */
export interface ConfigProblem {
  readonly place: FileLine;
  /** A sentence or two for the user. */
  readonly message: string;
}

/** Looks the shared config files through. A file that doesn't exist has no problem. */
export async function diagnoseConfig(files: SharedConfigFiles): Promise<ConfigProblem[]> {
  const [config, credentials] = await Promise.all([
    problemsOf(files.config, configNameProblem),
    problemsOf(files.credentials, credentialsNameProblem),
  ]);
  return [...config, ...credentials];
}

async function problemsOf(file: string, nameProblem: NameProblem): Promise<ConfigProblem[]> {
  try {
    return new Examination(file, nameProblem).of(await readFile(file, "utf8"));
  } catch (error) {
    const { code = "Error" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    return [{ place: { file, line: 1 }, message: `The file can't be read (${code}).` }];
  }
}

/** What is wrong with the text between the brackets of a section. */
type NameProblem = (section: string) => string | undefined;

/** The names that every SDK's parser takes; the AWS SDK for JavaScript drops others silently. */
const portableName = /^[\w@+.%:/-]+$/;

/** The CLI's own sections. */
const otherSections = new Set(["default", "plugins", "preview"]);

function configNameProblem(section: string): string | undefined {
  const [, kind = "", name = ""] = /^(\S+)\s*(.*)$/s.exec(section.trim()) ?? [];
  if (otherSections.has(section.trim())) return undefined;
  if (!["profile", "services", "sso-session"].includes(kind)) {
    return `No tool reads [${section}] here: a profile's section is called [profile ${section.trim()}] in this file.`;
  }
  const bare = /^(["'])(.*)\1$/.exec(name)?.[2] ?? name;
  if (portableName.test(bare)) return undefined;
  return /\s/.test(name) && bare === name
    ? `No tool reads [${section}]: a name with a space in it.`
    : `Only the AWS CLI reads [${section}]; the SDKs, and this extension, leave out a name with such characters.`;
}

function credentialsNameProblem(section: string): string | undefined {
  const name = /^profile\s+(.*)$/.exec(section.trim())?.[1];
  if (name === undefined) return undefined;
  return `In this file the section is called [${name}], without the word "profile".`;
}

/** Goes through a file by the rules of the CLI's parser, which reads nothing of a file that breaks one. */
class Examination {
  readonly #file: string;
  readonly #nameProblem: NameProblem;
  readonly #problems: ConfigProblem[] = [];
  readonly #sections = new Map<string, number>();
  #keys: Map<string, number> | undefined;

  constructor(file: string, nameProblem: NameProblem) {
    this.#file = file;
    this.#nameProblem = nameProblem;
  }

  of(text: string): ConfigProblem[] {
    if (text.startsWith("\uFEFF")) {
      this.#add(0, "The AWS CLI can't read the file: it begins with a byte order mark (BOM).");
    }
    for (const [index, line] of text
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/)
      .entries()) {
      if (!/^\s*([#;]|$)/.test(line)) this.#line(index, line);
    }
    return this.#problems;
  }

  #line(index: number, line: string): void {
    const section = /^\[(.+)\]/.exec(line)?.[1];
    // An indented line continues the value of the one before, as in a [services …] section.
    if (section !== undefined) this.#section(index, section);
    else if (!/^\s/.test(line)) this.#pair(index, line);
  }

  #pair(index: number, line: string): void {
    const key = /^([^=:]+?)\s*[=:]/.exec(line)?.[1]?.toLowerCase();
    const first = this.#keys?.get(key ?? "");
    if (key === undefined) {
      this.#unreadable(index, "is neither a [section] nor a key with its value");
    } else if (this.#keys === undefined) {
      this.#unreadable(index, "stands before any [section]");
    } else if (first !== undefined) {
      this.#unreadable(index, `repeats "${key}" of line ${first + 1}`);
    } else {
      this.#keys.set(key, index);
    }
  }

  #section(index: number, section: string): void {
    this.#keys = new Map();
    const first = this.#sections.get(section);
    if (first === undefined) this.#sections.set(section, index);
    else this.#unreadable(index, `repeats the section [${section}] of line ${first + 1}`);
    const problem = this.#nameProblem(section);
    if (problem !== undefined) this.#add(index, problem);
  }

  #unreadable(index: number, what: string): void {
    this.#add(index, `The AWS CLI can't read the file: line ${index + 1} ${what}.`);
  }

  #add(index: number, message: string): void {
    this.#problems.push({ place: { file: this.#file, line: index + 1 }, message });
  }
}
