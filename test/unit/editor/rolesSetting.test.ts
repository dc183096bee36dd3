import assert from "node:assert/strict";
import { rolesOfSetting } from "../../../src/editor/rolesSetting.ts";
import { arnOf } from "../support/fixtures.ts";

describe("the setting awsAssumeRole.roles", () => {
  it("gives roles with every key as it is written", () => {
    const entry = {
      name: "partner",
      roleArn: arnOf("Partner"),
      sourceProfile: "default",
      sessionName: "me",
      externalId: "their-id",
      mfaSerial: "arn:aws:iam::111122223333:mfa/me",
      durationSeconds: 1800,
      region: "eu-central-1",
      sourceIdentity: "me",
      tags: { team: "core", cost: 7 },
      transitiveTagKeys: ["team"],
      policy: { Version: "2012-10-17", Statement: [] },
      policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      readOnly: true,
    };
    assert.deepEqual(rolesOfSetting([entry]), [
      {
        ...entry,
        origin: { kind: "setting" },
        durationSeconds: "1800",
        tags: { team: "core", cost: "7" },
        policy: '{"Version":"2012-10-17","Statement":[]}',
      },
    ]);
  });

  it("takes the role's own name where none is given", () => {
    assert.deepEqual(
      rolesOfSetting([{ roleArn: arnOf("path/Deep") }]).map(({ name }) => name),
      ["Deep"],
    );
  });

  it("keeps a bad duration for the planner to refuse, and passes over what is no role", () => {
    const [role] = rolesOfSetting([{ roleArn: arnOf("A"), durationSeconds: "abc" }]);
    assert.equal(role?.durationSeconds, "abc");
    for (const value of [
      undefined,
      null,
      3,
      "text",
      {},
      [null],
      [3],
      [[]],
      [{}],
      [{ roleArn: 1 }],
    ]) {
      assert.deepEqual(rolesOfSetting(value), [], JSON.stringify(value));
    }
  });
});
