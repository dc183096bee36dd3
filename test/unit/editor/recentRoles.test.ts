import assert from "node:assert/strict";
import type { Memento } from "vscode";
import type { Role } from "../../../src/aws/role/role.ts";
import { RecentRoles } from "../../../src/editor/recentRoles.ts";
import { arnOf, devRole, settingRole } from "../support/fixtures.ts";

/** VS Code's memory, which keeps JSON. */
class JsonMemento implements Memento {
  readonly #values = new Map<string, string>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }
  get<Value>(key: string, fallback?: Value): Value | undefined {
    const json = this.#values.get(key);
    return json === undefined ? fallback : (JSON.parse(json) as Value);
  }
  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, JSON.stringify(value));
  }
}

const typed: Role = { origin: { kind: "arn" }, name: "Typed", roleArn: arnOf("Typed") };
const setting = settingRole();

describe("recent roles", () => {
  let recent: RecentRoles;

  beforeEach(() => {
    recent = new RecentRoles(new JsonMemento() as Memento & JsonMemento);
  });

  const names = (among: readonly Role[]): string[] =>
    recent.among(among).map(({ name, readOnly }) => (readOnly ? `${name} read-only` : name));

  it("come newest first, each once", async () => {
    for (const role of [devRole, setting, devRole]) await recent.add(role);
    assert.deepEqual(names([devRole, setting]), ["dev", "From setting"]);
  });

  it("are gone when their profile is, but a typed one stays", async () => {
    for (const role of [devRole, typed]) await recent.add(role);
    assert.deepEqual(names([]), ["Typed"]);
    assert.deepEqual(recent.among([]), [typed]);
  });

  it("remember that a role was scoped down", async () => {
    await recent.add(devRole);
    await recent.add({ ...devRole, readOnly: true });
    assert.deepEqual(names([devRole]), ["dev read-only", "dev"]);
  });

  it("are eight at the most", async () => {
    const roles = Array.from({ length: 12 }, (_, index) => settingRole({ name: `role ${index}` }));
    for (const role of roles) await recent.add(role);
    assert.equal(names(roles).length, 8);
    assert.equal(names(roles)[0], "role 11");
  });
});
