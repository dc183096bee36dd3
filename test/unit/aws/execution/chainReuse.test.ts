import assert from "node:assert/strict";
import { DEMO, demoWorld, type Sandbox, startSandbox, type World } from "../../../sandbox/index.ts";
import { SandboxMachine } from "../../support/sandboxMachine.ts";
import { tempFolder } from "../../support/tempFolder.ts";

const vault = "arn:aws:iam::444455556666:role/Vault";

const profiles = `
[profile hub]
role_arn = ${DEMO.roles.hub}
source_profile = default

[profile deploy]
role_arn = ${DEMO.roles.deploy}
source_profile = hub

[profile vault]
role_arn = ${vault}
source_profile = deploy
duration_seconds = 14400
`;

/** The demo world with a third step behind Deploy. */
function longWorld(): World {
  return {
    accounts: demoWorld().accounts.map((account) =>
      account.id === DEMO.productionAccountId
        ? {
            ...account,
            roles: [
              ...(account.roles ?? []).map((role) =>
                role.name === "Deploy"
                  ? { ...role, permissions: { assumeRole: [{ roles: [vault] }] } }
                  : role,
              ),
              {
                name: "Vault",
                trust: { principals: [DEMO.roles.deploy] },
                maxSessionDurationSeconds: 43_200,
              },
            ],
          }
        : account,
    ),
  };
}

describe("a chain of three roles", () => {
  const folder = tempFolder();
  let sandbox: Sandbox;
  let machine: SandboxMachine;

  beforeEach(async () => {
    sandbox = await startSandbox({ world: longWorld() });
    await SandboxMachine.write(folder, profiles);
    machine = new SandboxMachine(sandbox, folder);
  });

  afterEach(() => sandbox.stop());

  it("costs a call a step, and after the first time one call", async () => {
    await machine.session("vault");
    assert.equal(machine.operations().length, 3);
    const session = await machine.session("vault");
    assert.equal(machine.operations().length, 1);
    assert.match(session.assumedRoleArn ?? "", /assumed-role\/Vault\/me-vscode$/);
  });

  it("shares its steps with another role that goes the same way", async () => {
    await machine.session("vault");
    machine.operations();
    await machine.session("deploy");
    assert.equal(machine.operations().length, 1);
  });

  it("gets its steps anew when they have ended", async () => {
    await machine.session("vault");
    machine.operations();
    sandbox.clock.advance(3_590_000);
    await machine.session("vault");
    assert.equal(machine.operations().length, 3);
  });

  it("gets its steps anew after AWS refused the session of one", async () => {
    await machine.session("vault");
    sandbox.faults.inject({ kind: "cut" }, { operation: "AssumeRole", times: 10 });
    assert.equal((await machine.assume("vault")).kind, "failed");
    sandbox.faults.clear();
    machine.operations();
    await machine.session("vault");
    assert.equal(machine.operations().length, 2);
  });

  it("asks for an hour at the most, and says so", async () => {
    const { plan, expiration } = await machine.session("vault");
    assert.equal(plan.steps.at(-1)?.durationSeconds, 3600);
    assert.equal(plan.steps.at(-1)?.cappedFromSeconds, 14_400);
    assert.ok(expiration - sandbox.clock.now() <= 3_600_000);
  });
});
