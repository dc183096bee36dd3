import type { Locator, Page } from "playwright-core";
import { type PageElement, shownText } from "./dom.ts";
import { until } from "./until.ts";

/** A message in the corner, or a dialog in the middle. */
export interface Notification {
  readonly text: string;
  readonly severity: "info" | "warning" | "error";
  /** The labels of its buttons. */
  readonly buttons: readonly string[];
}

/** The messages in the corner of the window. Those without buttons go away after some seconds. */
export class Notifications {
  readonly #toasts: Locator;

  constructor(page: Page) {
    this.#toasts = page.locator(".notifications-toasts .notification-list-item");
  }

  async shown(): Promise<Notification[]> {
    return this.#toasts.evaluateAll((toasts: PageElement[]) =>
      toasts.map((toast) => {
        const severity = (["error", "warning"] as const).find((name) =>
          toast.querySelector(`.notification-list-item-icon.codicon-${name}`),
        );
        return {
          text: toast.querySelector(".notification-list-item-message")?.textContent?.trim() ?? "",
          severity: severity ?? "info",
          buttons: [
            ...toast.querySelectorAll(
              ".notification-list-item-buttons-container .monaco-text-button",
            ),
          ].map((button) => button.textContent?.trim() ?? ""),
        };
      }),
    );
  }

  /** Waits for a message that matches, and returns it. */
  async like(pattern: RegExp, timeoutMs?: number): Promise<Notification> {
    const matching = async (): Promise<Notification | undefined> =>
      (await this.shown()).find(({ text }) => pattern.test(text));
    return until(`a notification like ${pattern}`, matching, timeoutMs, () => this.shown());
  }

  /** Clicks a button of the message that matches. */
  async click(pattern: RegExp, button: string): Promise<void> {
    await this.#toasts
      .filter({ hasText: pattern })
      .locator(".monaco-text-button")
      .getByText(button, { exact: true })
      .click();
  }
}

/** The dialog that blocks the window, such as one with `modal: true`. */
export class Dialog {
  readonly #box: Locator;

  constructor(page: Page) {
    this.#box = page.locator(".monaco-dialog-box");
  }

  /** Waits for a dialog and returns all of its text. */
  async text(): Promise<string> {
    return shownText(this.#box);
  }

  async click(button: string): Promise<void> {
    await this.#box.locator(".monaco-text-button").getByText(button, { exact: true }).click();
    await this.#box.waitFor({ state: "hidden" });
  }
}
