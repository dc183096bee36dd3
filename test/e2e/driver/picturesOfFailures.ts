import type { Workbench } from "./workbench.ts";

/** Saves a picture for every failed test of the `describe` that this is called in. */
export function keepPicturesOfFailures(workbench: () => Workbench | undefined): void {
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state !== "failed") return;
    await workbench()?.screenshot(`failed-${test.fullTitle().replace(/\W+/g, "-")}`);
  });
}
