import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { codeFromCommand } from "../../../src/editor/mfaCommand.ts";
import { tempFolder } from "../support/tempFolder.ts";

const never = new AbortController().signal;
const node = JSON.stringify(process.execPath);

/** A command that runs a line of JavaScript, in whatever shell the system has. */
const running = (script: string): string => `${node} -e ${JSON.stringify(script)}`;

describe("the command for MFA codes", () => {
  const folder = tempFolder();

  it("prints a code, alone or among other words", async () => {
    assert.deepEqual(await codeFromCommand("echo 123456", process.env, never), { code: "123456" });
    const words = running("console.log('aws:dev  654321 (valid 12 s)')");
    assert.deepEqual(await codeFromCommand(words, process.env, never), { code: "654321" });
  });

  it("is said to have printed none, also where there are more digits", async () => {
    const { problem } = await codeFromCommand("echo 12345678", process.env, never);
    assert.equal(problem, "It printed no code of six digits.");
  });

  it("is quoted with its last words where it fails", async () => {
    const failing = running("console.error('no key is plugged in'); process.exit(3)");
    const { problem } = await codeFromCommand(failing, process.env, never);
    assert.equal(problem, "It said: no key is plugged in");
  });

  it("is said to have ended where it fails without a word", async () => {
    const { problem } = await codeFromCommand(running("process.exit(3)"), process.env, never);
    assert.equal(problem, "It ended with 3.");
  });

  it("is stopped when the user cancels, with all that it started", async () => {
    const cancel = new AbortController();
    const file = folder.path("pid");
    const script = `require('fs').writeFileSync('${file}', String(process.pid)); setInterval(() => {}, 1000)`;
    const result = codeFromCommand(`${running(script)}; true`, process.env, cancel.signal);
    const pid = Number(await eventually(() => readFile(file, "utf8").catch(() => "")));
    cancel.abort();
    assert.equal((await result).code, undefined);
    await eventually(async () => (isAlive(pid) ? "" : "gone"));
  });
});

/** A text as soon as it isn't empty; the test's time-out ends the waiting. */
async function eventually(look: () => Promise<string>): Promise<string> {
  for (;;) {
    const text = await look();
    if (text !== "") return text;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
