import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { shownText } from "./dom.ts";
import { until } from "./until.ts";

const firstKeysMs = 20_000;
const probeMs = 1_000;

/** What a command did in a terminal. */
export interface TerminalResult {
  /** Standard output and standard error, in the order of writing. */
  readonly output: string;
  readonly exitCode: number;
}

/**
 * The integrated terminals, with a POSIX shell in them. The screen is not read: what is typed is
 * short, a file to source, and the shell writes what commands print to another.
 */
export class Terminals {
  readonly #page: Page;
  readonly #scratch: string;
  readonly #command: (title: string) => Promise<void>;
  readonly #tabs: Locator;
  #count = 0;
  #listening = false;

  /**
   * @param scratch the folder for those files.
   * @param command runs a command of the palette.
   */
  constructor(page: Page, scratch: string, command: (title: string) => Promise<void>) {
    this.#page = page;
    this.#scratch = scratch;
    this.#command = command;
    this.#tabs = page.locator(".terminal-tabs-entry");
  }

  /** Opens a terminal of the default kind and waits until its shell reads what is typed. */
  async open(): Promise<void> {
    const before = await this.count();
    await this.#command("Terminal: Create New Terminal");
    await until("a new terminal", async () => (await this.count()) > before);
    await this.ready();
  }

  async count(): Promise<number> {
    return this.#tabs.count();
  }

  /** The names on the tabs, from above. */
  async names(): Promise<string[]> {
    const names = await this.#tabs.locator(".label-name").allInnerTexts();
    return names.map((name) => name.trim());
  }

  /** Makes the terminal with this place in the list, from 0, the active one. */
  async select(index: number): Promise<void> {
    await this.#tabs.nth(index).click();
    await this.ready();
  }

  /** The text of the tab's tooltip, where environment changes are explained. */
  async tooltip(index: number): Promise<string> {
    await this.#tabs.nth(index).hover();
    return shownText(this.#page.locator(".workbench-hover-container .monaco-hover").first());
  }

  /** Runs a command, which may have several lines, in the active terminal's own shell. */
  async run(command: string, timeoutMs = 30_000): Promise<TerminalResult> {
    if (!this.#listening) await this.ready();
    const base = join(this.#scratch, String(++this.#count));
    writeFileSync(
      `${base}.sh`,
      `{\n${command}\n} > ${base}.out 2>&1\necho $? > ${base}.part; mv ${base}.part ${base}.code\n`,
    );
    await this.typeLine(`. ${base}.sh`);
    await until(`the end of: ${command}`, () => existsSync(`${base}.code`), timeoutMs);
    return {
      output: readFileSync(`${base}.out`, "utf8"),
      exitCode: Number(readFileSync(`${base}.code`, "utf8")),
    };
  }

  /** Types a line into the active terminal as a user would, for what should be seen there. */
  async typeLine(line: string): Promise<void> {
    await this.#focus();
    await this.#page.keyboard.type(line);
    await this.#page.keyboard.press("Enter");
  }

  /** Runs a command on a cleared screen with a plain prompt, for a picture, until it shows a text. */
  async showCommand(command: string, expected: RegExp): Promise<void> {
    await this.typeLine("PS1='$ '; clear");
    await this.typeLine(command);
    const screen = this.#page.locator(".terminal-wrapper.active .xterm-rows");
    await screen.getByText(expected).first().waitFor();
  }

  /** Ends all terminals. */
  async killAll(): Promise<void> {
    if ((await this.count()) === 0) return;
    await this.#command("Terminal: Kill All Terminals");
    await until("the end of all terminals", async () => (await this.count()) === 0);
    this.#listening = false;
  }

  /** After this the active terminal is waited for before anything is typed. */
  forgetReadiness(): void {
    this.#listening = false;
  }

  /** Waits until the active terminal's shell reads: the first keys of a new one can get lost. */
  async ready(): Promise<void> {
    const base = join(this.#scratch, `ready-${++this.#count}`);
    writeFileSync(`${base}.sh`, `: > ${base}\n`);
    const heard = async (): Promise<boolean> => {
      await this.typeLine(`. ${base}.sh`);
      return until("an answer", () => existsSync(base), probeMs).catch(() => false);
    };
    await until("a shell that reads", heard, firstKeysMs);
    await this.#command("Terminal: Clear");
    this.#listening = true;
  }

  async #focus(): Promise<void> {
    const keyboard = this.#page.locator(".terminal-wrapper.active .xterm-helper-textarea");
    await keyboard.waitFor({ state: "attached" });
    await keyboard.focus();
  }
}
