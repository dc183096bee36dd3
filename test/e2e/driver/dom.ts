import type { Locator } from "playwright-core";

/**
 * As much of a DOM element as the driver reads inside the page. The DOM's own types would be global
 * to the whole project, most of which runs in no page.
 */
export interface PageElement {
  readonly classList: Iterable<string> & { contains(name: string): boolean };
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

/** Waits until the element is shown and returns its text with the line breaks of the screen. */
export async function shownText(locator: Locator): Promise<string> {
  return (await locator.innerText()).trim();
}
