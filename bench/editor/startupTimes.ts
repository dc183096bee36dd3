import { until } from "../../test/e2e/driver/until.ts";
import type { Workbench } from "../../test/e2e/driver/workbench.ts";

/** What the start of an extension cost the extension host. */
export interface ActivationTimes {
  /** Loading its code and calling `activate`: as long as this the host does nothing else. Ms. */
  readonly blockingMs: number;
  /** That, and until the promise that `activate` returned was resolved. Ms. */
  readonly wholeMs: number;
}

/** What VS Code tells of the last start of a window. */
export interface StartupTimes {
  /** As `code-server 1.139.1`. */
  readonly editor: string;
  readonly extensions: ReadonlyMap<string, ActivationTimes>;
}

/**
 * Reads the report of the command "Developer: Startup Performance": of what VS Code offers, it
 * alone has the parts of an activation apart, for all extensions of one start.
 * @param extensions ids of those that have to be in it.
 */
export async function startupTimes(
  workbench: Workbench,
  extensions: readonly string[],
): Promise<StartupTimes> {
  const { page } = workbench;
  await page.evaluate("navigator.clipboard.writeText('')");
  await workbench.command("Developer: Startup Performance");
  const lines = page.locator(".editor-instance .view-lines").first();
  const times = await until("the startup times of the extensions", async () => {
    await lines.click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("ControlOrMeta+c");
    const read = parse(await workbench.clipboard());
    return extensions.every((id) => read.extensions.has(id)) && read;
  });
  // An editor that is restored would take part in the next start.
  await workbench.command("View: Close All Editors");
  return times;
}

function parse(report: string): StartupTimes {
  const [, name, version] = /^\* ([^:\n]+): (\S+) \(/m.exec(report) ?? [];
  const rows = report.matchAll(
    /^\| (?<id>\S+\.\S+) +\| \w+ +\| (?<load>\d+) +\| (?<call>\d+) +\| (?<finish>\d+) +\|/gm,
  );
  const extensions = new Map<string, ActivationTimes>();
  for (const { groups } of rows) {
    const { id = "", load, call, finish } = groups ?? {};
    const blockingMs = Number(load) + Number(call);
    extensions.set(id, { blockingMs, wholeMs: blockingMs + Number(finish) });
  }
  return { editor: `${name} ${version}`, extensions };
}
