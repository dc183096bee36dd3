import assert from "node:assert/strict";
import { codeFromCommand } from "../../../src/editor/mfaCommand.ts";

const never = new AbortController().signal;
const node = JSON.stringify(process.execPath);

/** A command that runs a line of JavaScript, in whatever shell the system has. */
const running = (script: string): string => `${node} -e ${JSON.stringify(script)}`;

describe("the command for MFA codes", () => {
  it("prints a code, alone or among other words", async () => {
    assert.deepEqual(await codeFromCommand("echo 123456", never), { code: "123456" });
    const words = running("console.log('aws:dev  654321 (valid 12 s)')");
    assert.deepEqual(await codeFromCommand(words, never), { code: "654321" });
  });

  it("is said to have printed none, also where there are more digits", async () => {
    const { problem } = await codeFromCommand("echo 12345678", never);
    assert.equal(problem, "It printed no code of six digits.");
  });

  it("is quoted with its last words where it fails", async () => {
    const failing = running("console.error('no key is plugged in'); process.exit(3)");
    const { problem } = await codeFromCommand(failing, never);
    assert.equal(problem, "It said: no key is plugged in");
  });

  it("is said to have ended where it fails without a word", async () => {
    const { problem } = await codeFromCommand(running("process.exit(3)"), never);
    assert.equal(problem, "It ended with 3.");
  });

  it("is stopped when the user cancels", async () => {
    const cancel = new AbortController();
    const result = codeFromCommand(running("setInterval(() => {}, 1000)"), cancel.signal);
    cancel.abort();
    assert.equal((await result).code, undefined);
  });
});
