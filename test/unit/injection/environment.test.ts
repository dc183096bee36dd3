import assert from "node:assert/strict";
import { changesBetween, variablesOf } from "../../../src/injection/environment.ts";
import { activeState, canary, devPlan, sessionUntil, statesAt } from "../support/fixtures.ts";

const now = Date.UTC(2026, 10, 2, 12);
const states = statesAt(now);

describe("the variables of a session", () => {
  it("are those that the CLI and every SDK read", () => {
    assert.deepEqual(Object.fromEntries(variablesOf(states.active)), {
      AWS_ACCESS_KEY_ID: "ASIAFIXTURE000000001",
      AWS_SECRET_ACCESS_KEY: `${canary}-session-secret`,
      AWS_SESSION_TOKEN: `${canary}-session-token`,
      AWS_CREDENTIAL_EXPIRATION: "2026-11-02T13:00:00Z",
      AWS_REGION: "eu-central-1",
      AWS_DEFAULT_REGION: "eu-central-1",
    });
  });

  it("make up no region where the user named none", () => {
    const { region: _, ...plan } = devPlan;
    const variables = variablesOf(activeState(sessionUntil(now, { plan })));
    assert.equal(variables.has("AWS_REGION"), false);
    assert.equal(variables.has("AWS_DEFAULT_REGION"), false);
  });

  it("tell the end by AWS's clock, not by this machine's", () => {
    const session = sessionUntil(now, { expiration: now + 600_000, clockSkewMs: 600_000 });
    const variables = variablesOf(activeState(session));
    assert.equal(variables.get("AWS_CREDENTIAL_EXPIRATION"), "2026-11-02T12:10:00Z");
  });

  it("are none where there is no session", () => {
    assert.equal(variablesOf(states.none).size, 0);
    assert.equal(variablesOf(states.failed).size, 0);
  });

  it("stay the same while another role is assumed", () => {
    const { role } = sessionUntil(now);
    const before = variablesOf(states.active);
    assert.deepEqual(variablesOf({ ...states.active, assuming: role }), before);
  });

  it("deny access after the end: no secret is in them, and none of them is empty", () => {
    const variables = variablesOf(states.expired);
    assert.deepEqual(
      [...variables.keys()],
      ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
    );
    assert.ok([...variables.values()].every((value) => value !== "" && !value.includes(canary)));
  });
});

describe("changes of variables", () => {
  it("are only what differs", () => {
    const from = new Map([
      ["KEPT", "1"],
      ["CHANGED", "1"],
      ["GONE", "1"],
    ]);
    const to = new Map([
      ["KEPT", "1"],
      ["CHANGED", "2"],
      ["NEW", "1"],
    ]);
    const { set, unset } = changesBetween(from, to);
    assert.deepEqual(Object.fromEntries(set), { CHANGED: "2", NEW: "1" });
    assert.deepEqual(unset, ["GONE"]);
  });
});
