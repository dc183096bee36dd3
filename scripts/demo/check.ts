import assert from "node:assert/strict";
import { Workbench, type WorkbenchOptions } from "../../test/e2e/driver/workbench.ts";
import { statusBarItemId } from "../../test/e2e/support/demoEditor.ts";
import { DEMO, totp } from "../../test/sandbox/index.ts";

/**
 * Drives the main job as a person would, from the palette to the denial after the expiry, and
 * prints a line for each step that held. Throws at the first that did not.
 */
export async function checkDemo(options: WorkbenchOptions): Promise<void> {
  const workbench = await Workbench.start(options);
  try {
    const check = new DemoCheck(workbench);
    await check.run();
  } finally {
    await workbench.stop({ keepFolders: true });
  }
}

class DemoCheck {
  readonly #workbench: Workbench;
  #steps = 0;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  async run(): Promise<void> {
    await this.#step("the extension is in the status bar", () => this.#statusBar(/^Assume Role$/));
    await this.#step("a terminal works as the user with permanent keys", () =>
      this.#newTerminalIs(DEMO.userArn),
    );
    await this.#step("read-only: a new terminal works as the role", async () => {
      await this.#assume("read-only", /^read-only \(111122223333\) (59m|1h 0m)$/);
      await this.#newTerminalIs(/assumed-role\/ReadOnly\//);
    });
    await this.#step("admin: after an MFA code", async () => {
      await this.#pick("admin");
      await this.#workbench.quickInput.opened(`MFA Code of ${DEMO.mfaSerial}`);
      await this.#workbench.quickInput.answer(totp(DEMO.mfaSecret, Date.now()));
      await this.#statusBar(/^admin /);
      await this.#newTerminalIs(/assumed-role\/Admin\//);
    });
    await this.#step("deploy: in another account, through a second role", async () => {
      await this.#assume("deploy", /^deploy \(444455556666\)/);
      await this.#newTerminalIs(/^arn:aws:sts::444455556666:assumed-role\/Deploy\//);
    });
    await this.#step("partner: a role of the folder's settings, with an external id", async () => {
      await this.#assume("partner", /^partner /);
      await this.#newTerminalIs(/assumed-role\/Partner\//);
    });
    await this.#step("forbidden: denied, with the reason", async () => {
      await this.#pick("forbidden");
      await this.#workbench.notifications.like(/AWS denied .*user\/dev the role Forbidden/);
      await this.#statusBar(/^partner /);
    });
    await this.#expiry();
    await this.#step("drop: terminals work as before", async () => {
      await this.#workbench.command("AWS: Drop Role");
      await this.#statusBar(/^Assume Role$/);
      await this.#newTerminalIs(DEMO.userArn);
    });
    console.log(`${this.#steps} steps held. Pictures are in out/screenshots.`);
  }

  async #expiry(): Promise<void> {
    await this.#step("short-lived: the time left is counted down", async () => {
      await this.#assume("short-lived", /^short-lived .*(1m|\d+s)$/);
      await this.#newTerminalIs(/assumed-role\/ShortLived\//);
    });
    console.log("… waiting for the end of its 90 seconds");
    await this.#step("when the time is up, the status bar says so", async () => {
      await this.#statusBar(/^short-lived: expired$/, 100_000);
    });
    await this.#step("and access is denied, in the terminal and in a new one", async () => {
      const { terminals } = this.#workbench;
      assert.match((await terminals.run("./whoami")).output, /^ExpiredToken/);
      await this.#newTerminalIs(/^InvalidClientTokenId/);
    });
  }

  async #step(title: string, run: () => Promise<void>): Promise<void> {
    this.#steps += 1;
    try {
      await run();
    } catch (error) {
      await this.#workbench.screenshot("try-failed");
      throw new Error(`FAILED ${title}`, { cause: error });
    }
    const number = String(this.#steps).padStart(2, "0");
    await this.#workbench.screenshot(`try-${number}`);
    console.log(`ok ${number} ${title}`);
  }

  async #pick(role: string): Promise<void> {
    await this.#workbench.command("AWS: Assume Role…");
    await this.#workbench.quickInput.opened("Assume Role");
    await this.#workbench.quickInput.pick(role);
  }

  async #assume(role: string, shown: RegExp): Promise<void> {
    await this.#pick(role);
    await this.#statusBar(shown);
  }

  async #statusBar(shown: RegExp, timeoutMs?: number): Promise<void> {
    await this.#workbench.statusBar.itemWhere(
      statusBarItemId,
      ({ text }) => shown.test(text),
      timeoutMs,
    );
  }

  /** Opens a terminal and asks AWS, by a signed call, who it is. */
  async #newTerminalIs(expected: string | RegExp): Promise<void> {
    const { terminals } = this.#workbench;
    await terminals.open();
    const identity = (await terminals.run("./whoami")).output.trim();
    if (typeof expected === "string") assert.equal(identity, expected);
    else assert.match(identity, expected);
  }
}
