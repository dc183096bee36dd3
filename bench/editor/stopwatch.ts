import type { Page } from "playwright-core";

/** Something that is seen in the window: an element with a text. */
export interface Sight {
  /** CSS; any element that it selects will do. */
  readonly selector: string;
  /** The source of a regular expression. */
  readonly text: string;
}

/**
 * Presses a key and takes the time in the page itself, free of the driver's polling: from the key
 * until all sights are in the document at once. Ms.
 * @throws an Error if they are not after 30 seconds, or are before the key.
 */
export async function timeFromKey(
  page: Page,
  key: string,
  sights: readonly Sight[],
): Promise<number> {
  const watch = await page.evaluateHandle(startWatch, sights);
  await page.keyboard.press(key);
  return watch.evaluate(({ took }) => took);
}

// As much of the page's globals as is used: the DOM's types would be global to the whole project.
interface SeenElement {
  readonly textContent: string | null;
  checkVisibility(): boolean;
}
declare const document: { querySelectorAll(selector: string): Iterable<SeenElement> };
declare const window: {
  addEventListener(
    type: "keydown",
    listener: () => void,
    options: { readonly capture: true; readonly once: true },
  ): void;
};
declare const MutationObserver: new (
  callback: () => void,
) => {
  observe(target: typeof document, options: Readonly<Record<string, boolean>>): void;
  disconnect(): void;
};

/** Runs in the page, so it uses nothing of this module. */
function startWatch(sights: readonly Sight[]): { readonly took: Promise<number> } {
  const areSeen = (): boolean =>
    sights.every(({ selector, text }) =>
      [...document.querySelectorAll(selector)].some(
        (element) => new RegExp(text).test(element.textContent ?? "") && element.checkVisibility(),
      ),
    );
  if (areSeen()) throw new Error(`Seen before the key: ${JSON.stringify(sights)}`);
  let startedAt: number | undefined;
  const start = (): void => {
    startedAt = performance.now();
  };
  window.addEventListener("keydown", start, { capture: true, once: true });
  const took = new Promise<number>((resolve, reject) => {
    const observer = new MutationObserver(() => {
      if (startedAt === undefined || !areSeen()) return;
      observer.disconnect();
      resolve(performance.now() - startedAt);
    });
    const everything = { attributes: true, characterData: true, childList: true, subtree: true };
    observer.observe(document, everything);
    setTimeout(() => {
      observer.disconnect();
      reject(new Error(`Not seen after 30 s: ${JSON.stringify(sights)}`));
    }, 30_000);
  });
  return { took };
}
