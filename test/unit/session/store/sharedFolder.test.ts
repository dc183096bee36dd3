import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, utimes, writeFile } from "node:fs/promises";
import { SharedFolder } from "../../../../src/session/store/sharedFolder.ts";
import { tempFolder } from "../../support/tempFolder.ts";

const never = new AbortController().signal;

describe("the folder that windows agree by", () => {
  const folder = tempFolder();
  let problems: string[];
  let shared: SharedFolder;

  beforeEach(() => {
    problems = [];
    shared = new SharedFolder(folder.path("shared"), (code) => problems.push(code));
  });

  afterEach(() => assert.deepEqual(problems, []));

  it("lets one at a time do work of a name, and others at the same time do others'", async () => {
    const events: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      events.push(`+${name}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      events.push(`-${name}`);
    };
    await Promise.all([
      shared.exclusively("role", never, work("a")),
      shared.exclusively("role", never, work("b")),
      shared.exclusively("other", never, work("c")),
    ]);
    const ofRole = events.filter((event) => !event.endsWith("c")).join(" ");
    assert.match(ofRole, /^(\+a -a \+b -b|\+b -b \+a -a)$/);
    assert.deepEqual(await readdir(folder.path("shared")), []);
  });

  it("lets the next one in after one that failed", async () => {
    await assert.rejects(
      shared.exclusively("role", never, () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(await shared.exclusively("role", never, async () => "yes"), "yes");
  });

  it("lets nobody wait for ever: neither who gives up, nor for one that is dead", async () => {
    const stop = new AbortController();
    let release = (): void => undefined;
    let held: Promise<void> | undefined;
    await new Promise<void>((begun) => {
      held = shared.exclusively("role", never, () => {
        begun();
        return new Promise((resolve) => {
          release = resolve;
        });
      });
    });
    const waiting = shared.exclusively("role", stop.signal, async () => "never");
    stop.abort();
    await assert.rejects(waiting, { name: "Cancelled" });
    release();
    await held;
    const dead = spawn(process.execPath, ["-e", ""]);
    await once(dead, "exit");
    await writeFile(folder.path("shared/role.lock"), String(dead.pid));
    assert.equal(await shared.exclusively("role", never, async () => "next"), "next");
  });

  it("takes a lock over that is older than any work takes", async () => {
    const file = await folder.write("shared/role.lock", String(process.pid));
    const longAgo = new Date(Date.now() - 10 * 60_000);
    await utimes(file, longAgo, longAgo);
    assert.equal(await shared.exclusively("role", never, async () => "next"), "next");
  });

  it("gives a claim to the first who asks", async () => {
    const claims = await Promise.all([shared.claim("warned"), shared.claim("warned")]);
    assert.deepEqual(claims.sort(), [false, true]);
    assert.equal(await shared.claim("warned"), false);
    assert.equal(await shared.claim("other"), true);
  });

  it("knows whether another window that is alive works with a thing", async () => {
    await shared.startUsing("session");
    assert.equal(await shared.isUsed("session"), false);
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await folder.write(`shared/session.${other.pid}.use`, String(other.pid));
    assert.equal(await shared.isUsed("session"), true);
    other.kill();
    await once(other, "exit");
    assert.equal(await shared.isUsed("session"), false);
    await shared.stopUsing("session");
  });

  it("lets everyone act where it can't be written, and says so", async () => {
    const file = await folder.write("file", "");
    const broken = new SharedFolder(file, (code) => problems.push(code));
    assert.equal(await broken.exclusively("role", never, async () => "done"), "done");
    assert.equal(await broken.claim("warned"), true);
    assert.ok(problems.length > 0);
    problems = [];
  });
});
