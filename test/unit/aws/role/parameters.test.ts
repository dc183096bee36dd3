import assert from "node:assert/strict";
import { partition } from "@aws-sdk/core/client";
import { planChain } from "../../../../src/aws/chain/chain.ts";
import { fallbackRegion, partitionOfRegion } from "../../../../src/aws/chain/region.ts";
import type { Role } from "../../../../src/aws/role/role.ts";
import { DEMO, demoWorld, type Sandbox, startSandbox, type World } from "../../../sandbox/index.ts";
import {
  arnOf,
  configOf,
  keys,
  planOf,
  roleOfProfile,
  settingRole,
} from "../../support/fixtures.ts";
import { SandboxMachine } from "../../support/sandboxMachine.ts";
import { tempFolder } from "../../support/tempFolder.ts";

const config = configOf({ default: keys });

function problemOf(more: Partial<Role>): string {
  const { problem } = planChain(settingRole({ sourceProfile: "default", ...more }), {
    config,
    environment: {},
    sessionName: "me-vscode",
  });
  return problem?.message ?? "none";
}

function stepOf(more: Partial<Role>): unknown {
  return planOf(settingRole({ sourceProfile: "default", ...more }), config).steps.at(-1);
}

describe("parameters of AssumeRole", () => {
  it("are left out where they are not given", () => {
    assert.deepEqual(stepOf({}), { roleArn: arnOf("Setting"), sessionName: "me-vscode" });
  });

  it("are checked before the call", () => {
    const tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"]));
    assert.match(problemOf({ tags }), /50 tags at the most; here are 51/);
    assert.match(problemOf({ tags: { "a*b": "v" } }), /"a\*b" can't be the key/);
    assert.match(problemOf({ tags: { Team: "a", team: "b" } }), /same key/);
    assert.match(problemOf({ tags: { a: "x".repeat(257) } }), /"a" has a value that STS refuses/);
    assert.match(problemOf({ tags: { a: "1" }, transitiveTagKeys: ["b"] }), /"b" should be passed/);
    assert.match(problemOf({ sourceIdentity: "a b" }), /source identity/);
    assert.match(problemOf({ policy: "{" }), /JSON/);
    assert.match(problemOf({ policy: "{}" }), /Statement/);
    assert.match(problemOf({ policy: `{"Statement":"${"x".repeat(2048)}"}` }), /2048/);
    assert.match(problemOf({ policyArns: ["nope"] }), /"nope" is not the ARN/);
    assert.match(
      problemOf({ policyArns: Array.from({ length: 11 }, () => "arn:aws:iam::aws:policy/A") }),
      /10 managed policies; here are 11/,
    );
  });

  it("come from profiles by the keys of aws-vault too", () => {
    const profiles = configOf({
      default: keys,
      dev: {
        role_arn: arnOf("Dev"),
        source_profile: "default",
        session_tags: "team=core, cost = a=b",
        transitive_session_tags: "team",
        source_identity: "me",
      },
    });
    assert.deepEqual(planOf(roleOfProfile(profiles, "dev"), profiles).steps, [
      {
        roleArn: arnOf("Dev"),
        sessionName: "me-vscode",
        sourceIdentity: "me",
        tags: [
          { key: "team", value: "core" },
          { key: "cost", value: "a=b" },
        ],
        transitiveTagKeys: ["team"],
      },
    ]);
  });

  it("of a read-only role are AWS's policy in the role's partition", () => {
    const step = planOf(
      settingRole({
        sourceProfile: "default",
        readOnly: true,
        roleArn: "arn:aws-cn:iam::111122223333:role/A",
      }),
      config,
    ).steps[0];
    assert.deepEqual(step?.policyArns, ["arn:aws-cn:iam::aws:policy/ReadOnlyAccess"]);
  });

  it("of a read-only role are refused where a session policy would be widened", () => {
    assert.match(
      problemOf({ readOnly: true, policyArns: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"] }),
      /session policy already/,
    );
  });
});

describe("regions and partitions", () => {
  const regions = [
    "us-east-1",
    "eu-central-1",
    "ap-southeast-7",
    "mx-central-1",
    "cn-north-1",
    "us-gov-west-1",
    "eusc-de-east-1",
    "us-iso-east-1",
    "us-isob-east-1",
    "eu-isoe-west-1",
    "us-isof-south-1",
  ];

  it("go together as the SDK's endpoint rules have it", () => {
    assert.deepEqual(
      regions.map((region) => [region, partitionOfRegion(region)]),
      regions.map((region) => [region, partition(region).name]),
    );
  });

  it("have a region to fall back on in each partition", () => {
    for (const region of regions) {
      const { name } = partition(region);
      assert.equal(partition(fallbackRegion(name)).name, name);
    }
  });

  it("that don't go together are refused before the call", () => {
    assert.match(
      problemOf({ region: "cn-north-1" }),
      /"aws", but the region cn-north-1 is in "aws-cn"/,
    );
  });
});

describe("parameters that reach AWS", () => {
  const folder = tempFolder();
  let sandbox: Sandbox;

  /** The demo world, where ReadOnly allows tags and a source identity. */
  function taggingWorld(): World {
    return {
      accounts: demoWorld().accounts.map((account) => ({
        ...account,
        roles: (account.roles ?? []).map((role) =>
          role.name === "ReadOnly"
            ? {
                ...role,
                trust: { ...role.trust, allowsTags: true, allowsSourceIdentity: true } as const,
              }
            : role,
        ),
      })),
    };
  }

  beforeEach(async () => {
    sandbox = await startSandbox({ world: taggingWorld() });
    await SandboxMachine.write(folder, "");
  });

  afterEach(() => sandbox.stop());

  it("are tags, transitive keys, source identity and policies", async () => {
    const policy =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
    await new SandboxMachine(sandbox, folder).session(
      settingRole({
        roleArn: DEMO.roles.readOnly,
        sourceProfile: "default",
        tags: { team: "core" },
        transitiveTagKeys: ["team"],
        sourceIdentity: "me",
        policy,
        policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      }),
    );
    const { params } = sandbox.requests.at(-1) ?? {};
    assert.equal(params?.["Tags.member.1.Key"], "team");
    assert.equal(params?.["Tags.member.1.Value"], "core");
    assert.equal(params?.["TransitiveTagKeys.member.1"], "team");
    assert.equal(params?.["SourceIdentity"], "me");
    assert.equal(params?.["PolicyArns.member.1.arn"], "arn:aws:iam::aws:policy/ReadOnlyAccess");
    assert.equal(params?.["Policy"], policy);
    assert.equal(params?.["DurationSeconds"], undefined);
  });
});
