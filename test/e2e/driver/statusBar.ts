import type { Locator, Page } from "playwright-core";
import { type PageElement, shownText } from "./dom.ts";
import { until } from "./until.ts";

/** A status bar item as it is on the screen. */
export interface StatusBarItem {
  /** The text without its icons. */
  readonly text: string;
  /** The names of its icons, such as "key". */
  readonly icons: readonly string[];
  /** What a screen reader says. */
  readonly ariaLabel: string;
  readonly background: "none" | "warning" | "error";
}

/** The status bar. Items go by their full id, `publisher.extension.item`. */
export class StatusBar {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The item, or undefined while it is not shown. */
  async item(id: string): Promise<StatusBarItem | undefined> {
    const item = this.#locate(id);
    if (!(await item.isVisible())) return undefined;
    return item.evaluate((element: PageElement) => {
      const label = element.querySelector("a");
      const icons = [...element.querySelectorAll(".codicon")].flatMap((icon) =>
        [...icon.classList].filter((name) => /^codicon-(?!modifier)/.test(name)),
      );
      const kind = ["warning", "error"].find((name) => element.classList.contains(`${name}-kind`));
      return {
        text: (label?.textContent ?? "").trim(),
        icons: icons.map((name) => name.replace("codicon-", "")),
        ariaLabel: label?.getAttribute("aria-label") ?? "",
        background: kind === "warning" || kind === "error" ? kind : "none",
      };
    });
  }

  /** Waits until the item is as wanted, and returns it. */
  async itemWhere(
    id: string,
    wanted: (item: StatusBarItem) => boolean,
    timeoutMs?: number,
  ): Promise<StatusBarItem> {
    const matching = async (): Promise<StatusBarItem | false> => {
      const item = await this.item(id);
      return item !== undefined && wanted(item) && item;
    };
    return until(`status bar item ${id} where ${wanted}`, matching, timeoutMs, () => this.item(id));
  }

  async click(id: string): Promise<void> {
    await this.#locate(id).locator("a").click();
  }

  /** Hovers over the item and returns the text of its tooltip, links by their text. */
  async tooltip(id: string): Promise<string> {
    await this.#locate(id).locator("a").hover();
    const hover = this.#page.locator(".workbench-hover-container .monaco-hover").first();
    const text = await shownText(hover);
    await this.#page.mouse.move(640, 300);
    await this.#page.keyboard.press("Escape");
    await hover.waitFor({ state: "hidden" });
    return text;
  }

  #locate(id: string): Locator {
    return this.#page.locator(`.statusbar-item[id="${id}"]`);
  }
}
