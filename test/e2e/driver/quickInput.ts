import type { Locator, Page } from "playwright-core";
import { type PageElement, shownText } from "./dom.ts";
import { until } from "./until.ts";

const paletteMs = 2_000;

/** One row of a quick pick, as it is on the screen. */
export interface QuickPickRow {
  readonly label: string;
  /** The dimmed text beside the label, or "". */
  readonly description: string;
  /** The second line, or "". */
  readonly detail: string;
  /** What a screen reader says. */
  readonly ariaLabel: string;
}

/** The message under an input. */
export interface QuickInputMessage {
  readonly text: string;
  /** Whether it is an objection to what was typed. */
  readonly severity: "error" | "warning" | "none";
}

/** The palette, quick picks and input boxes: in VS Code they are one widget. */
export class QuickInput {
  readonly #widget: Locator;
  readonly #input: Locator;
  readonly #rows: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator(".quick-input-widget");
    this.#input = this.#widget.locator(".quick-input-box input");
    this.#rows = this.#widget.locator(".quick-input-list .monaco-list-row");
  }

  /** Waits until an input is open; with a title, until it is the one with that title. */
  async opened(title?: string | RegExp): Promise<void> {
    await this.#input.waitFor();
    if (title === undefined) return;
    await until(
      `an input titled ${title}`,
      async () => matches(await this.title(), title),
      undefined,
      () => this.title(),
    );
  }

  /** Waits until no input is open. */
  async closed(): Promise<void> {
    await this.#widget.waitFor({ state: "hidden" });
  }

  isOpen(): Promise<boolean> {
    return this.#input.isVisible();
  }

  /** The title above the input, or "". */
  async title(): Promise<string> {
    return visibleText(this.#widget.locator(".quick-input-title"));
  }

  async placeholder(): Promise<string> {
    return (await this.#input.getAttribute("placeholder")) ?? "";
  }

  async value(): Promise<string> {
    return this.#input.inputValue();
  }

  /** Whether what is typed is shown as dots. */
  async isPassword(): Promise<boolean> {
    return (await this.#input.getAttribute("type")) === "password";
  }

  /** The prompt of an input box, or its objection to what was typed. */
  async message(): Promise<QuickInputMessage> {
    const text = await visibleText(this.#widget.locator(".quick-input-message"));
    const classes = (await this.#widget.locator(".monaco-inputbox").getAttribute("class")) ?? "";
    const severity = classes.split(" ").find((name) => name === "error" || name === "warning");
    return { text, severity: severity === "error" || severity === "warning" ? severity : "none" };
  }

  /** Waits for a message that matches, and returns it. */
  async messageLike(pattern: RegExp): Promise<QuickInputMessage> {
    const matching = async (): Promise<QuickInputMessage | false> => {
      const message = await this.message();
      return pattern.test(message.text) && message;
    };
    return until(`a message like ${pattern}`, matching, undefined, () => this.message());
  }

  /** The rows on the screen: of a long list only those that are scrolled into view, at least ten. */
  async rows(): Promise<QuickPickRow[]> {
    return this.#rows.evaluateAll((rows: PageElement[]) => {
      const text = (row: PageElement, selector: string): string =>
        row.querySelector(selector)?.textContent?.trim() ?? "";
      return rows.map((row) => ({
        label: text(row, ".label-name"),
        description: text(row, ".label-description"),
        detail: text(row, ".quick-input-list-label-meta"),
        ariaLabel: row.getAttribute("aria-label") ?? "",
      }));
    });
  }

  /** Replaces what is in the input. */
  async type(text: string): Promise<void> {
    await this.#input.fill(text);
  }

  /** Waits for the row with this label, wherever it is among those in view, and returns it. */
  async row(label: string | RegExp, timeoutMs?: number): Promise<QuickPickRow> {
    return until(
      `a row ${label}`,
      async () => (await this.rows()).find((row) => matches(row.label, label)),
      timeoutMs,
      async () => (await this.rows()).map((row) => row.label),
    );
  }

  /** Waits for the row with this label and accepts it. */
  async pick(label: string | RegExp): Promise<void> {
    const { ariaLabel } = await this.row(label);
    await this.#rows
      .and(this.#page.getByLabel(ariaLabel, { exact: true }))
      .first()
      .click();
  }

  async accept(): Promise<void> {
    await this.#input.press("Enter");
  }

  /** Types a text and accepts it. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  /** Closes the input without an answer. */
  async escape(): Promise<void> {
    await this.#page.keyboard.press("Escape");
  }

  /** Opens the palette with a text in it. */
  async openPalette(text: string): Promise<void> {
    await this.#page.keyboard.press("F1");
    await this.#input.waitFor();
    await until("the palette", async () => (await this.value()).startsWith(">"));
    await this.type(`>${text}`);
  }

  /**
   * Opens the palette until it offers the command, and leaves it open: it lists what was registered
   * when it was opened, and after the start that may not be all.
   */
  async openPaletteAt(title: string): Promise<void> {
    const offers = async (): Promise<boolean> => {
      await this.openPalette(title);
      if (await this.row(title, paletteMs).catch(() => false)) return true;
      await this.escape();
      await this.closed();
      return false;
    };
    await until(`the command "${title}"`, offers);
  }
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === "string" ? text === wanted : wanted.test(text);
}

async function visibleText(locator: Locator): Promise<string> {
  return (await locator.isVisible()) ? shownText(locator) : "";
}
