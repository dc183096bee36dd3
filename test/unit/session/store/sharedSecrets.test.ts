import assert from "node:assert/strict";
import { SharedSecrets } from "../../../../src/session/store/sharedSecrets.ts";
import { SecretStorageStub } from "../../support/secretStorageStub.ts";

describe("the secrets that windows share", () => {
  let storage: SecretStorageStub;
  let failures: number;
  const secretsOf = (stored: SecretStorageStub): SharedSecrets =>
    new SharedSecrets(stored, () => {
      failures += 1;
    });

  beforeEach(() => {
    storage = new SecretStorageStub();
    failures = 0;
  });

  it("are seen by every window, which is told of each change", async () => {
    const [one, other] = [secretsOf(storage), secretsOf(storage)];
    const told: string[] = [];
    other.onDidChange((key) => told.push(key));
    await one.store("a", "1");
    assert.equal(await other.get("a"), "1");
    await one.delete("a");
    assert.equal(await other.get("a"), undefined);
    assert.deepEqual(
      told.filter((key) => key === "a"),
      ["a", "a"],
    );
  });

  it("are forgotten in all windows at once, and said", async () => {
    const [one, other] = [secretsOf(storage), secretsOf(storage)];
    await Promise.all([one.store("a", "1"), one.store("b", "2")]);
    await other.store("c", "3");
    const told: string[] = [];
    one.onDidChange((key) => told.push(key));
    assert.deepEqual(await other.forgetAll(), ["a", "b", "c"]);
    for (const key of ["a", "b", "c"]) assert.equal(await one.get(key), undefined);
    assert.ok(told.includes(""));
    await one.store("a", "again");
    assert.equal(await other.get("a"), "again");
    assert.deepEqual(await one.forgetAll(), ["a"]);
  });

  it("are not honoured after they were forgotten, even if one was left over", async () => {
    const secrets = secretsOf(storage);
    await secrets.store("a", "1");
    const left = storage.stored.get("a") ?? "";
    await secrets.forgetAll();
    storage.stored.set("a", left);
    assert.equal(await secrets.get("a"), undefined);
  });

  it("stay in memory where there is no storage, which is said", async () => {
    storage.isBroken = true;
    const secrets = secretsOf(storage);
    await secrets.store("a", "1");
    assert.equal(await secrets.get("a"), "1");
    assert.ok(failures > 0);
    assert.equal(await secretsOf(storage).get("a"), undefined);
    await secrets.delete("a");
    assert.equal(await secrets.get("a"), undefined);
    await secrets.store("b", "2");
    assert.deepEqual(await secrets.forgetAll(), ["b"]);
    assert.equal(await secrets.get("b"), undefined);
  });

  it("are none where an entry can't be read", async () => {
    storage.stored.set("a", "{");
    assert.equal(await secretsOf(storage).get("a"), undefined);
  });
});
