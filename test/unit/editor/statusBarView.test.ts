import assert from "node:assert/strict";
import { statusBarView } from "../../../src/editor/statusBarView.ts";
import {
  activeState,
  arnOf,
  canary,
  devPlan,
  devRole,
  sessionUntil,
  statesAt,
} from "../support/fixtures.ts";

const now = Date.UTC(2026, 10, 2, 12);
const states = statesAt(now);

describe("the status bar", () => {
  it("invites where there is no role", () => {
    const { text, background } = statusBarView(states.none, now, true);
    assert.equal(text, "$(key) Assume Role");
    assert.equal(background, undefined);
  });

  it("shows role, account and time left, and when that changes", () => {
    const view = statusBarView(states.active, now, true);
    assert.equal(view.text, "$(key) dev (111122223333) 1h 0m");
    assert.equal(view.label, "AWS role dev in account 111122223333, 1 hour left");
    assert.equal(view.background, undefined);
    assert.equal(view.changesAt, now + 1);
  });

  it("warns in the last ten minutes", () => {
    assert.equal(statusBarView(states.expiring, now, true).background, "warning");
  });

  it("shows until when in a window out of focus, and needs no timer for it", () => {
    const view = statusBarView(states.active, now, false);
    assert.match(view.text, /^\$\(key\) dev \(111122223333\) until \d{1,2}:\d{2}/);
    assert.equal(view.changesAt, undefined);
  });

  it("spins while a role is assumed, whatever there is beside it", () => {
    const view = statusBarView({ ...states.active, assuming: devRole }, now, true);
    assert.equal(view.text, "$(loading~spin) Assuming dev…");
  });

  it("is an error after the end and after a refusal, in words too", () => {
    const expired = statusBarView(states.expired, now, true);
    const failed = statusBarView(states.failed, now, true);
    assert.deepEqual([expired.text, expired.background], ["$(key) dev: expired", "error"]);
    assert.deepEqual([failed.text, failed.background], ["$(key) dev: not assumed", "error"]);
    assert.match(expired.label, /access is denied/);
    assert.match(failed.label, /was not assumed/);
    assert.match(failed.tooltip, /Nothing was given to the terminals/);
    assert.match(failed.tooltip, /Look into the log/);
  });

  it("shows a read-only session as such", () => {
    const session = sessionUntil(now + 3_600_000, { role: { ...devRole, readOnly: true } });
    const view = statusBarView(activeState(session), now, true);
    assert.match(view.text, /^\$\(eye\) dev read-only \(/);
    assert.match(view.label, /^AWS role dev read-only in/);
  });

  it("tells all about the session in the tooltip, but nothing secret", () => {
    const { tooltip } = statusBarView(states.active, now, true);
    const plain = tooltip.replaceAll("\\", "");
    for (const part of [
      arnOf("Dev"),
      "eu-central-1",
      'the keys of profile "default"',
      "me-vscode",
    ]) {
      assert.ok(plain.includes(part), `${part} is in ${plain}`);
    }
    assert.ok(!tooltip.includes(canary));
  });

  it("says that a chained session was cut to an hour", () => {
    const [step] = devPlan.steps;
    assert.ok(step);
    const plan = {
      ...devPlan,
      steps: [{ ...step, durationSeconds: 3600, cappedFromSeconds: 14_400 }],
    };
    const { tooltip } = statusBarView(
      activeState(sessionUntil(now + 3_600_000, { plan })),
      now,
      true,
    );
    assert.match(tooltip, /1 hour instead of the 4h 0m asked for/);
  });

  it("makes no Markdown, icon or table of a hostile name", () => {
    const name = "a|b[x](command:evil)$(bug)<img>`c`*d*\nnext";
    const session = sessionUntil(now + 3_600_000, { role: { ...devRole, name } });
    const { tooltip } = statusBarView(activeState(session), now, true);
    const bare = /(?<!\\)(\|b|\[x|\]\(|\$\(|<img|`c|\*d)/;
    assert.doesNotMatch(tooltip.split("\n").slice(0, 1).join(), bare);
  });
});
