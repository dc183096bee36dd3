import assert from "node:assert/strict";
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import type { Sandbox } from "../../sandbox/index.ts";
import { client, homeRole, role, startStopped, stsError, testWorld } from "./world.ts";

let sandbox: Sandbox;
before(async () => {
  const trust = { allowsTags: true, allowsSourceIdentity: true } as const;
  sandbox = await startStopped(testWorld([role("Plain", trust)]));
});
after(() => sandbox.stop());

function assume(change: Partial<AssumeRoleCommandInput>) {
  const input = { RoleArn: homeRole("Plain"), RoleSessionName: "me", ...change };
  return client(sandbox).send(new AssumeRoleCommand(input));
}

function refused(value: string, path: string, constraint: string) {
  return stsError(
    "ValidationError",
    400,
    `1 validation error detected: Value '${value}' at '${path}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

const PATTERN = "satisfy regular expression pattern: ";
const atLeast = (length: number) => `have length greater than or equal to ${length}`;
const atMost = (length: number) => `have length less than or equal to ${length}`;

/** Each input with the one thing that is wrong with it. */
const WRONG: readonly (readonly [Partial<AssumeRoleCommandInput>, string, string, string])[] = [
  [{ RoleSessionName: "a" }, "a", "roleSessionName", atLeast(2)],
  [{ RoleSessionName: "n".repeat(65) }, "n".repeat(65), "roleSessionName", atMost(64)],
  [{ RoleSessionName: "Ann B" }, "Ann B", "roleSessionName", `${PATTERN}[\\w+=,.@-]*`],
  [{ RoleArn: "arn:aws:iam::1" }, "arn:aws:iam::1", "roleArn", atLeast(20)],
  [{ DurationSeconds: 899 }, "899", "durationSeconds", "have value greater than or equal to 900"],
  [
    { DurationSeconds: 43_201 },
    "43201",
    "durationSeconds",
    "have value less than or equal to 43200",
  ],
  [{ DurationSeconds: Number.NaN }, "NaN", "durationSeconds", "be an integer"],
  [{ ExternalId: "x" }, "x", "externalId", atLeast(2)],
  [{ ExternalId: "a b" }, "a b", "externalId", `${PATTERN}[\\w+=,.@:\\/-]*`],
  [{ ExternalId: "x".repeat(1225) }, "x".repeat(1225), "externalId", atMost(1224)],
  [{ TokenCode: "12345" }, "12345", "tokenCode", atLeast(6)],
  [{ TokenCode: "12345a" }, "12345a", "tokenCode", `${PATTERN}[\\d]*`],
  [{ SerialNumber: "short" }, "short", "serialNumber", atLeast(9)],
  [{ SourceIdentity: "a/b" }, "a/b", "sourceIdentity", `${PATTERN}[\\w+=,.@-]*`],
  [
    { Tags: [{ Key: "k".repeat(129), Value: "" }] },
    "k".repeat(129),
    "tags.1.member.key",
    atMost(128),
  ],
  [
    { Tags: [{ Key: "k", Value: "v".repeat(257) }] },
    "v".repeat(257),
    "tags.1.member.value",
    atMost(256),
  ],
  [
    { Policy: "{\u2028}" },
    "{\u2028}",
    "policy",
    `${PATTERN}[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+`,
  ],
  [{ PolicyArns: [{ arn: "arn" }] }, "arn", "policyArns.1.member.arn", atLeast(20)],
];

describe("sandbox: parameters", () => {
  for (const [input, value, path, constraint] of WRONG) {
    it(`refuses ${JSON.stringify(input).slice(0, 60)}`, () =>
      assert.rejects(assume(input), refused(value, path, constraint)));
  }

  it("accepts the limits themselves", async () => {
    await assume({
      RoleSessionName: "n".repeat(64),
      ExternalId: "x".repeat(1224),
      DurationSeconds: 900,
      SourceIdentity: "me",
      Tags: Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: "" })),
    });
    await assume({ Tags: [{ Key: "Größe @:/=+-", Value: "v".repeat(256) }] });
  });

  it("lists every failure in one answer", () =>
    assert.rejects(
      assume({ RoleSessionName: "?", DurationSeconds: 1 }),
      stsError("ValidationError", 400, /^3 validation errors detected: [^;]+; [^;]+; [^;]+$/),
    ));

  it("names what is missing", () =>
    assert.rejects(
      assume({ RoleArn: undefined }),
      stsError(
        "ValidationError",
        400,
        "1 validation error detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null",
      ),
    ));

  it("allows 50 tags and 10 managed policies", async () => {
    const Tags = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "" }));
    await assert.rejects(
      assume({ Tags }),
      stsError("ValidationError", 400, /at 'tags'.* equal to 50$/),
    );
    const PolicyArns = Array.from({ length: 11 }, () => ({ arn: "arn:aws:iam::aws:policy/X" }));
    await assert.rejects(
      assume({ PolicyArns }),
      stsError("ValidationError", 400, /at 'policyArns'.* equal to 10$/),
    );
  });

  it("compares tag keys without case, and wants transitive keys to be among them", async () => {
    const tag = (Key: string) => ({ Key, Value: "v" });
    await assert.rejects(
      assume({ Tags: [tag("team"), tag("Team")] }),
      stsError("ValidationError", 400, /^Duplicate tag keys found/),
    );
    await assert.rejects(
      assume({ Tags: [tag("team")], TransitiveTagKeys: ["other"] }),
      stsError("ValidationError", 400, /must be included in the requested tags/),
    );
  });

  it("tells what is no ARN at all from an ARN of something else", async () => {
    await assert.rejects(
      assume({ RoleArn: "my-role-in-the-other-account" }),
      stsError("ValidationError", 400, "my-role-in-the-other-account is invalid"),
    );
    await assert.rejects(
      assume({ RoleArn: "arn:aws:iam::111122223333:user/dev" }),
      stsError("ValidationError", 400, "Request ARN is invalid"),
    );
  });

  it("has its own limits for GetSessionToken", async () => {
    const token = (DurationSeconds: number) =>
      client(sandbox).send(new GetSessionTokenCommand({ DurationSeconds }));
    await token(129_600);
    const path = "durationSeconds";
    await assert.rejects(
      token(129_601),
      refused("129601", path, "have value less than or equal to 129600"),
    );
    await assert.rejects(
      token(899),
      refused("899", path, "have value greater than or equal to 900"),
    );
  });
});

describe("sandbox: session policies", () => {
  const policy = (padding: number) =>
    JSON.stringify({
      Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: ["*", "x".repeat(padding)] }],
    });

  it("says how much room they take", async () => {
    const half = policy(1024 - policy(0).length);
    assert.equal((await assume({ Policy: half })).PackedPolicySize, 50);
  });

  it("allows 2048 characters", async () => {
    const room = 2048 - policy(0).length;
    assert.equal((await assume({ Policy: policy(room) })).PackedPolicySize, 100);
    await assert.rejects(
      assume({ Policy: policy(room + 1) }),
      stsError("PackedPolicyTooLarge", 400, "Packed policy consumes 101% of allotted space"),
    );
  });

  it("weighs tags as well", async () => {
    const Tags = Array.from({ length: 9 }, (_, index) => ({
      Key: `k${index}`,
      Value: "v".repeat(256),
    }));
    await assert.rejects(
      assume({ Tags }),
      stsError(
        "PackedPolicyTooLarge",
        400,
        "Packed size of session tags consumes 114% of allotted space.",
      ),
    );
  });

  it("have to be policies", async () => {
    const malformed = (message: string) => stsError("MalformedPolicyDocument", 400, message);
    await assert.rejects(
      assume({ Policy: "{" }),
      malformed("The policy is not in the valid JSON format."),
    );
    const statement = { Effect: "Maybe", Action: "*", Resource: "*" };
    for (const document of [{}, { Statement: ["x"] }, { Statement: [statement] }]) {
      await assert.rejects(
        assume({ Policy: JSON.stringify(document) }),
        malformed("Syntax errors in policy."),
      );
    }
  });
});
