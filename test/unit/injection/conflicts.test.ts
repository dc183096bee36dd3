import assert from "node:assert/strict";
import { conflictsIn } from "../../../src/injection/conflicts.ts";
import { inheritedBy } from "../../../src/injection/inherited.ts";

const profiles: Readonly<Record<string, boolean>> = { withKeys: true, regionOnly: false };
const hasCredentials = (name: string): boolean | undefined => profiles[name];

const variablesInConflict = (inherited: Record<string, string>): string[] =>
  conflictsIn(inherited, hasCredentials).map(({ variable }) => variable);

describe("what outranks the session's variables", () => {
  it("is an AWS_PROFILE with credentials, for the SDK for JavaScript", () => {
    const [conflict] = conflictsIn({ AWS_PROFILE: "withKeys" }, hasCredentials);
    assert.equal(conflict?.variable, "AWS_PROFILE");
    assert.match(conflict?.effect ?? "", /"withKeys": tools on the AWS SDK for JavaScript/);
  });

  it("is no AWS_PROFILE without credentials", () => {
    assert.deepEqual(variablesInConflict({ AWS_PROFILE: "regionOnly" }), []);
  });

  it("is an AWS_PROFILE that doesn't exist or is empty, for the CLI", () => {
    const effects = ["unknown", ""].map(
      (profile) => conflictsIn({ AWS_PROFILE: profile }, hasCredentials)[0]?.effect ?? "",
    );
    assert.match(effects[0] ?? "", /doesn't exist: the AWS CLI and boto3 refuse/);
    assert.match(effects[1] ?? "", /empty: the AWS CLI and boto3 refuse/);
  });

  it("is AWS_DEFAULT_PROFILE only where the CLI can't find it: no other tool reads it", () => {
    assert.deepEqual(variablesInConflict({ AWS_DEFAULT_PROFILE: "withKeys" }), []);
    assert.deepEqual(variablesInConflict({ AWS_DEFAULT_PROFILE: "unknown" }), [
      "AWS_DEFAULT_PROFILE",
    ]);
  });

  it("is the session token by its old name, for botocore", () => {
    assert.deepEqual(variablesInConflict({ AWS_SECURITY_TOKEN: "x" }), ["AWS_SECURITY_TOKEN"]);
  });

  it("are no inherited keys: the session's own replace them", () => {
    assert.deepEqual(
      variablesInConflict({ AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "y" }),
      [],
    );
  });
});

describe("what terminals inherit", () => {
  it("is the editor's environment with the setting's changes, where null unsets", () => {
    assert.deepEqual(
      inheritedBy({ AWS_PROFILE: "a", HOME: "/h" }, { AWS_PROFILE: null, AWS_REGION: "r" }),
      { HOME: "/h", AWS_REGION: "r" },
    );
  });
});
