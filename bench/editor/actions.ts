import { until } from "../../test/e2e/driver/until.ts";
import type { Workbench } from "../../test/e2e/driver/workbench.ts";
import { type Sight, timeFromKey } from "./stopwatch.ts";

const itemId = "aws-assume-role.aws-assume-role.session";
const assumeCommand = "AWS: Assume Role…";
const rowSelector = ".quick-input-list .monaco-list-row .label-name";

/** Waits until the extension is active: its status bar item says so. */
export async function untilActive(workbench: Workbench): Promise<void> {
  await workbench.statusBar.itemWhere(itemId, () => true, 30_000);
}

/**
 * Ms from the Enter that accepts a role in the picker until the status bar shows it. The variables
 * have been given to the terminals by then: the extension does that first, over the same channel.
 * @param profile which is not the one that is shown already.
 */
export async function timeOfAssuming(workbench: Workbench, profile: string): Promise<number> {
  await workbench.command(assumeCommand);
  await workbench.quickInput.opened("Assume Role");
  await workbench.quickInput.type(profile);
  await untilFocused(workbench, profile);
  return timeFromKey(workbench.page, "Enter", [
    { selector: `.statusbar-item[id="${itemId}"] a`, text: `^\\s*${profile} \\(` },
  ]);
}

/** Forgets what would spare the next role its call of STS. */
export async function forgetSessions(workbench: Workbench): Promise<void> {
  await workbench.command("AWS: Forget All Sessions");
  await workbench.notifications.like(/^Forgotten in all windows/);
}

/** Ms from F1 until the palette shows commands; it stays open. */
export async function timeOfPalette(workbench: Workbench): Promise<number> {
  // The extension's own command is among those used last, which come first.
  const command: Sight = { selector: rowSelector, text: `^${assumeCommand}$` };
  return timeFromKey(workbench.page, "F1", [command]);
}

/**
 * Ms from the Enter that accepts the command in the open palette until the picker shows roles.
 * @param row a regular expression for the name of a role, which no command has.
 */
export async function timeOfPicker(workbench: Workbench, row: string): Promise<number> {
  await workbench.quickInput.type(`>${assumeCommand}`);
  await untilFocused(workbench, assumeCommand);
  const took = await timeFromKey(workbench.page, "Enter", [
    { selector: ".quick-input-title", text: "^Assume Role$" },
    { selector: rowSelector, text: row },
  ]);
  await workbench.quickInput.escape();
  await workbench.quickInput.closed();
  return took;
}

async function untilFocused(workbench: Workbench, label: string): Promise<void> {
  const focused = workbench.page.locator(".quick-input-list .monaco-list-row.focused .label-name");
  await until(`${label} to be the chosen row`, async () => {
    const [text = ""] = await focused.allInnerTexts();
    return text.trim() === label;
  });
}
