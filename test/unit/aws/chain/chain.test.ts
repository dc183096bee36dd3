import assert from "node:assert/strict";
import { type Planned, planChain } from "../../../../src/aws/chain/chain.ts";
import type { PlanContext } from "../../../../src/aws/chain/planContext.ts";
import type { PlanProblem } from "../../../../src/aws/chain/planProblem.ts";
import type { Environment, SharedConfig } from "../../../../src/aws/config/profiles.ts";
import type { Role } from "../../../../src/aws/role/role.ts";
import {
  account,
  arnOf,
  canary,
  configOf,
  keys,
  planOf,
  roleOfProfile,
  settingRole,
} from "../../support/fixtures.ts";

function contextOf(config: SharedConfig, environment: Environment = {}): PlanContext {
  return Object.freeze({
    config,
    environment: Object.freeze(environment),
    sessionName: "me-vscode",
  });
}

function problemOf(role: Role, config: SharedConfig, environment: Environment = {}): PlanProblem {
  const { problem } = planChain(role, contextOf(config, environment));
  if (problem === undefined) return assert.fail("The role was planned without a problem.");
  return problem;
}

function problemOfProfile(profiles: Parameters<typeof configOf>[0], name: string): PlanProblem {
  const config = configOf(profiles);
  return problemOf(roleOfProfile(config, name), config);
}

const steps = ({ plan }: Planned): (string | undefined)[] =>
  plan?.steps.map(({ roleArn }) => roleArn) ?? [];

describe("planning the chain of a profile", () => {
  it("makes one step on the keys of the source profile", () => {
    const config = configOf({ base: keys, a: { role_arn: arnOf("A"), source_profile: "base" } });
    const plan = planOf(roleOfProfile(config, "a"), config);
    assert.deepEqual(plan.base, { kind: "static-keys", profile: "base" });
    assert.deepEqual(plan.steps, [{ roleArn: arnOf("A"), sessionName: "me-vscode" }]);
  });

  for (const length of [2, 3, 12]) {
    it(`makes ${length} steps of a chain of ${length} roles, the outermost last`, () => {
      const roles = Array.from({ length }, (_, index) => [
        `p${index}`,
        { role_arn: arnOf(`R${index}`), source_profile: index === 0 ? "base" : `p${index - 1}` },
      ]);
      const config = configOf({ ...Object.fromEntries(roles), base: keys });
      const role = roleOfProfile(config, `p${length - 1}`);
      assert.deepEqual(
        steps(planChain(role, contextOf(config))),
        Array.from({ length }, (_, index) => arnOf(`R${index}`)),
      );
    });
  }

  it("takes each step's parameters from that step's own profile", () => {
    const config = configOf({
      base: keys,
      hub: {
        role_arn: arnOf("Hub"),
        source_profile: "base",
        mfa_serial: "arn:aws:iam::111122223333:mfa/me",
        role_session_name: "hub-session",
      },
      goal: {
        role_arn: arnOf("Goal"),
        source_profile: "hub",
        external_id: "partner-42",
        duration_seconds: "1800",
      },
    });
    assert.deepEqual(planOf(roleOfProfile(config, "goal"), config).steps, [
      {
        roleArn: arnOf("Hub"),
        sessionName: "hub-session",
        mfaSerial: "arn:aws:iam::111122223333:mfa/me",
      },
      {
        roleArn: arnOf("Goal"),
        sessionName: "me-vscode",
        externalId: "partner-42",
        durationSeconds: 1800,
      },
    ]);
  });

  it("uses the keys of a profile that is its own source", () => {
    const config = configOf({ me: { ...keys, role_arn: arnOf("Me"), source_profile: "me" } });
    const plan = planOf(roleOfProfile(config, "me"), config);
    assert.deepEqual(plan.base, { kind: "static-keys", profile: "me" });
    assert.equal(plan.steps.length, 1);
  });

  it("uses the keys beside a role when the profile is a source, and the role when it is the goal", () => {
    const config = configOf({
      base: keys,
      both: { ...keys, role_arn: arnOf("Both"), source_profile: "base" },
      goal: { role_arn: arnOf("Goal"), source_profile: "both" },
    });
    const asSource = planOf(roleOfProfile(config, "goal"), config);
    assert.deepEqual(asSource.base, { kind: "static-keys", profile: "both" });
    assert.equal(asSource.steps.length, 1);
    const asGoal = planOf(roleOfProfile(config, "both"), config);
    assert.deepEqual(asGoal.base, { kind: "static-keys", profile: "base" });
  });

  it("follows the role of a source that has only half of its keys", () => {
    const config = configOf({
      base: keys,
      half: { aws_access_key_id: "AKIA", role_arn: arnOf("Half"), source_profile: "base" },
      goal: { role_arn: arnOf("Goal"), source_profile: "half" },
    });
    const plan = planOf(roleOfProfile(config, "goal"), config);
    assert.deepEqual(plan.base, { kind: "static-keys", profile: "base" });
    assert.equal(plan.steps.length, 2);
  });

  const bases: readonly (readonly [kind: string, properties: Readonly<Record<string, string>>])[] =
    [
      ["credential-process", { credential_process: "/bin/give" }],
      ["login", { login_session: "arn:aws:iam::111122223333:user/me" }],
    ];
  for (const [kind, properties] of bases) {
    it(`builds on a source profile with ${Object.keys(properties)[0]}`, () => {
      const config = configOf({
        source: properties,
        goal: { role_arn: arnOf("Goal"), source_profile: "source" },
      });
      const plan = planOf(roleOfProfile(config, "goal"), config);
      assert.deepEqual(plan.base, { kind, profile: "source" });
      assert.equal(plan.steps.length, 1);
    });
  }

  it("builds on a permission set of IAM Identity Center, by an sso-session or without one", () => {
    const place = { sso_start_url: "https://corp.example/start", sso_region: "eu-west-1" };
    const set = { sso_account_id: account, sso_role_name: "Dev" };
    const config = configOf(
      {
        source: { ...set, sso_session: "corp" },
        goal: { role_arn: arnOf("Goal"), source_profile: "source" },
        legacy: { ...set, ...place },
      },
      {},
      { corp: { ...place, sso_registration_scopes: "sso:account:access, other" } },
    );
    const role = { accountId: account, roleName: "Dev" };
    const session = { startUrl: place.sso_start_url, region: "eu-west-1" };
    assert.deepEqual(
      planOf(roleOfProfile(config, "goal"), config, { AWS_ENDPOINT_URL: "http://x" }).base,
      {
        kind: "sso",
        profile: "source",
        role: {
          ...role,
          session: { ...session, name: "corp", scopes: ["sso:account:access", "other"] },
        },
        endpoints: { oidc: "http://x", portal: "http://x" },
      },
    );
    assert.deepEqual(planOf(roleOfProfile(config, "legacy"), config).base, {
      kind: "sso",
      profile: "legacy",
      role: {
        ...role,
        session: { ...session, name: session.startUrl, scopes: ["sso:account:access"] },
      },
      endpoints: {},
    });
  });

  it("takes keys before a process, which may be slow and prompt", () => {
    const config = configOf({
      source: { ...keys, credential_process: "/bin/give" },
      goal: { role_arn: arnOf("Goal"), source_profile: "source" },
    });
    assert.equal(planOf(roleOfProfile(config, "goal"), config).base.kind, "static-keys");
  });

  for (const source of ["Environment", "Ec2InstanceMetadata", "EcsContainer"]) {
    it(`builds on credential_source = ${source}`, () => {
      const config = configOf({ goal: { role_arn: arnOf("Goal"), credential_source: source } });
      const plan = planOf(roleOfProfile(config, "goal"), config);
      assert.deepEqual(plan.base, { kind: "credential-source", profile: "goal", source });
      assert.equal(plan.steps.length, 1);
    });
  }

  it("has no step for a web identity as the goal, since its exchange is the role", () => {
    const config = configOf({
      web: { role_arn: arnOf("Web"), web_identity_token_file: "/var/token" },
    });
    const plan = planOf(roleOfProfile(config, "web"), config);
    assert.deepEqual(plan.base, {
      kind: "web-identity",
      profile: "web",
      tokenFile: "/var/token",
      step: { roleArn: arnOf("Web"), sessionName: "me-vscode" },
    });
    assert.deepEqual(plan.steps, []);
  });

  it("makes one step on a web identity as the source", () => {
    const config = configOf({
      web: { role_arn: arnOf("Web"), web_identity_token_file: "/var/token" },
      goal: { role_arn: arnOf("Goal"), source_profile: "web" },
    });
    const plan = planOf(roleOfProfile(config, "goal"), config);
    assert.deepEqual(plan.base, {
      kind: "web-identity",
      profile: "web",
      tokenFile: "/var/token",
      step: { roleArn: arnOf("Web"), sessionName: "me-vscode" },
    });
    assert.deepEqual(
      plan.steps.map(({ roleArn }) => roleArn),
      [arnOf("Goal")],
    );
  });

  it("takes what the file says now, where it changed since the role was picked", () => {
    const before = configOf({ base: keys, a: { role_arn: arnOf("Old"), source_profile: "base" } });
    const picked = roleOfProfile(before, "a");
    const after = configOf({
      base: keys,
      a: { role_arn: arnOf("New"), source_profile: "base", region: "eu-west-3" },
    });
    const plan = planOf(picked, after);
    assert.equal(plan.steps.at(-1)?.roleArn, arnOf("New"));
    assert.equal(plan.role.roleArn, arnOf("New"));
    assert.equal(plan.region, "eu-west-3");
  });

  it("never plans the base's own credentials in place of a role that the file no longer names", () => {
    const picked = roleOfProfile(
      configOf({ base: keys, a: { role_arn: arnOf("A"), source_profile: "base" } }),
      "a",
    );
    const problem = problemOf(picked, configOf({ base: keys, a: keys }));
    assert.equal(problem.profile, "a");
    assert.match(problem.message, /no longer names a role|role_arn/);
  });
});

describe("planning a profile that can't work", () => {
  it("names the circle of profiles that build on each other", () => {
    const problem = problemOfProfile(
      {
        a: { role_arn: arnOf("A"), source_profile: "b" },
        b: { role_arn: arnOf("B"), source_profile: "c" },
        c: { role_arn: arnOf("C"), source_profile: "b" },
      },
      "a",
    );
    assert.equal(problem.code, "cycle");
    assert.match(problem.message, /: b → c → b\.$/);
    assert.deepEqual([problem.profile, problem.key], ["c", "source_profile"]);
  });

  it("names a profile without keys that is its own source as a circle", () => {
    const problem = problemOfProfile({ me: { role_arn: arnOf("Me"), source_profile: "me" } }, "me");
    assert.equal(problem.code, "cycle");
    assert.match(problem.message, /me → me/);
  });

  it("names the profile that builds on a missing one", () => {
    const problem = problemOfProfile(
      {
        a: { role_arn: arnOf("A"), source_profile: "b" },
        b: { role_arn: arnOf("B"), source_profile: "gone" },
      },
      "a",
    );
    assert.equal(problem.code, "missing-profile");
    assert.match(problem.message, /"b".*"gone"/);
    assert.deepEqual([problem.profile, problem.key], ["b", "source_profile"]);
  });

  it("says so when the profile itself is gone", () => {
    const picked = roleOfProfile(configOf({ a: { role_arn: arnOf("A") } }), "a");
    const problem = problemOf(picked, configOf({}));
    assert.equal(problem.code, "missing-profile");
    assert.match(problem.message, /"a"/);
  });

  it("refuses both source_profile and credential_source", () => {
    const problem = problemOfProfile(
      {
        base: keys,
        a: { role_arn: arnOf("A"), source_profile: "base", credential_source: "Environment" },
      },
      "a",
    );
    assert.equal(problem.code, "source-conflict");
    assert.equal(problem.profile, "a");
  });

  it("refuses a role without any source, also with keys beside it", () => {
    for (const more of [{}, keys]) {
      const problem = problemOfProfile({ a: { ...more, role_arn: arnOf("A") } }, "a");
      assert.equal(problem.code, "source-missing");
      assert.deepEqual([problem.profile, problem.key], ["a", "role_arn"]);
    }
  });

  it("refuses a credential_source that AWS doesn't know", () => {
    const problem = problemOfProfile(
      { a: { role_arn: arnOf("A"), credential_source: "environment" } },
      "a",
    );
    assert.equal(problem.code, "bad-value");
    assert.equal(problem.key, "credential_source");
    assert.match(problem.message, /"environment".*Ec2InstanceMetadata/);
  });

  it("refuses a source that gives no credentials", () => {
    for (const source of [{ region: "eu-west-1" }, { aws_access_key_id: "AKIA" }]) {
      const problem = problemOfProfile(
        { source, a: { role_arn: arnOf("A"), source_profile: "source" } },
        "a",
      );
      assert.equal(problem.code, "no-credentials");
      assert.equal(problem.profile, "source");
    }
  });

  const badValues: readonly (readonly [key: string, value: string])[] = [
    ["duration_seconds", "abc"],
    ["duration_seconds", "60"],
    ["duration_seconds", "43201"],
    ["duration_seconds", "-900"],
    ["duration_seconds", "3600.5"],
    ["role_session_name", "my name"],
    ["role_session_name", "x"],
    ["external_id", "with space"],
    ["mfa_serial", "short"],
    ["role_arn", "arn:aws:iam::111122223333:user/A"],
  ];
  for (const [key, value] of badValues) {
    it(`refuses ${key} = ${value}, and says where it is written`, () => {
      const problem = problemOfProfile(
        { base: keys, a: { role_arn: arnOf("A"), source_profile: "base", [key]: value } },
        "a",
      );
      assert.equal(problem.code, "bad-value");
      assert.deepEqual([problem.profile, problem.key], ["a", key]);
      assert.ok(problem.message.startsWith(`${key} of profile "a": `), problem.message);
    });
  }

  it("points at the inner profile where the bad value of a chain is", () => {
    const problem = problemOfProfile(
      {
        base: keys,
        hub: { role_arn: arnOf("Hub"), source_profile: "base", duration_seconds: "abc" },
        goal: { role_arn: arnOf("Goal"), source_profile: "hub" },
      },
      "goal",
    );
    assert.deepEqual([problem.profile, problem.key], ["hub", "duration_seconds"]);
  });
});

describe("planning a role of a setting or a typed ARN", () => {
  it("sends what the setting gives, and nothing else", () => {
    const config = configOf({ base: keys });
    const role = settingRole({
      sourceProfile: "base",
      sessionName: "named",
      externalId: "ext",
      mfaSerial: "arn:aws:iam::111122223333:mfa/me",
      durationSeconds: "900",
    });
    assert.deepEqual(planOf(role, config).steps, [
      {
        roleArn: role.roleArn,
        sessionName: "named",
        externalId: "ext",
        mfaSerial: "arn:aws:iam::111122223333:mfa/me",
        durationSeconds: 900,
      },
    ]);
    assert.deepEqual(planOf(settingRole({ sourceProfile: "base" }), config).steps, [
      { roleArn: role.roleArn, sessionName: "me-vscode" },
    ]);
  });

  it("goes through the chain of its source profile", () => {
    const config = configOf({
      base: keys,
      hub: { role_arn: arnOf("Hub"), source_profile: "base" },
    });
    const planned = planChain(settingRole({ sourceProfile: "hub" }), contextOf(config));
    assert.deepEqual(steps(planned), [arnOf("Hub"), arnOf("Setting")]);
  });

  it("names no profile to mend for a bad value of its own", () => {
    const problem = problemOf(
      settingRole({ sourceProfile: "base", durationSeconds: "60" }),
      configOf({ base: keys }),
    );
    assert.equal(problem.code, "bad-value");
    assert.equal(problem.profile, undefined);
  });

  it("says that its source profile doesn't exist", () => {
    const problem = problemOf(settingRole({ sourceProfile: "gone" }), configOf({}));
    assert.equal(problem.code, "missing-profile");
    assert.match(problem.message, /"gone"/);
    assert.equal(problem.profile, undefined);
  });

  it("refuses a bad ARN that was typed", () => {
    const role: Role = { origin: { kind: "arn" }, name: "x", roleArn: "arn:aws:iam::1:role/x" };
    assert.equal(problemOf(role, configOf({ default: keys })).code, "bad-value");
  });
});

describe("the base where none is named", () => {
  const role = settingRole();
  const envKeys = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: canary };
  const everything = configOf({ default: keys, other: keys });

  it("is the keys of the environment, even beside AWS_PROFILE, as for the CLI", () => {
    for (const environment of [envKeys, { ...envKeys, AWS_PROFILE: "other" }]) {
      assert.deepEqual(planOf(role, everything, environment).base, { kind: "environment" });
    }
  });

  it("is not half of the keys of the environment", () => {
    const plan = planOf(role, everything, { AWS_ACCESS_KEY_ID: "AKIA" });
    assert.deepEqual(plan.base, { kind: "static-keys", profile: "default" });
  });

  it("is the profile of AWS_PROFILE before the default one", () => {
    const plan = planOf(role, everything, { AWS_PROFILE: "other" });
    assert.deepEqual(plan.base, { kind: "static-keys", profile: "other" });
  });

  it("is the profile of AWS_DEFAULT_PROFILE first of all, as for botocore", () => {
    const environment = { AWS_PROFILE: "default", AWS_DEFAULT_PROFILE: "other" };
    assert.deepEqual(planOf(role, everything, environment).base, {
      kind: "static-keys",
      profile: "other",
    });
  });

  it("is the default profile, where the environment names none or an empty one", () => {
    for (const environment of [{}, { AWS_PROFILE: "" }]) {
      assert.deepEqual(planOf(role, everything, environment).base, {
        kind: "static-keys",
        profile: "default",
      });
    }
  });

  it("goes through the role of the active profile", () => {
    const config = configOf({
      default: { role_arn: arnOf("Hub"), source_profile: "base" },
      base: keys,
    });
    assert.deepEqual(steps(planChain(role, contextOf(config))), [arnOf("Hub"), arnOf("Setting")]);
  });

  it("is what the machine offers, where no profile has credentials", () => {
    for (const config of [configOf({}), configOf({ default: { region: "eu-west-1" } })]) {
      assert.deepEqual(planOf(role, config).base, { kind: "default-chain", profile: "default" });
    }
  });

  for (const variable of ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]) {
    it(`is a problem where ${variable} names a profile that doesn't exist`, () => {
      const problem = problemOf(role, everything, { [variable]: "gone" });
      assert.equal(problem.code, "missing-profile");
      assert.ok(problem.message.includes(`variable ${variable} names the profile "gone"`));
    });
  }
});

describe("where a plan calls STS", () => {
  const config = configOf(
    {
      default: { ...keys, region: "us-west-1" },
      hub: { role_arn: arnOf("Hub"), source_profile: "default", region: "eu-west-1" },
      goal: { role_arn: arnOf("Goal"), source_profile: "hub", region: "eu-central-1" },
      bare: { role_arn: arnOf("Bare"), source_profile: "hub" },
      china: { role_arn: "arn:aws-cn:iam::111122223333:role/C", source_profile: "keys" },
      keys,
      local: {
        role_arn: arnOf("L"),
        source_profile: "keys",
        services: "here",
        endpoint_url: "http://127.0.0.1:2",
      },
    },
    { here: { "sts.endpoint_url": "http://127.0.0.1:1" } },
  );
  const planned = (name: string, environment: Environment = {}) =>
    planOf(roleOfProfile(config, name), config, environment);

  it("is the region of the outermost profile for every step", () => {
    assert.equal(planned("goal").stsRegion, "eu-central-1");
    assert.equal(planned("goal").region, "eu-central-1");
  });

  it("is not the source profile's region, but the environment's or the default profile's", () => {
    assert.equal(planned("bare").region, "us-west-1");
    assert.equal(planned("bare", { AWS_REGION: "ap-south-1" }).region, "ap-south-1");
  });

  it("is the setting's own region first", () => {
    const role = settingRole({ sourceProfile: "hub", region: "sa-east-1" });
    assert.equal(planOf(role, config).region, "sa-east-1");
    assert.equal(planOf(settingRole({ sourceProfile: "hub" }), config).region, "eu-west-1");
  });

  it("falls back on the partition's region without giving terminals one", () => {
    const bare = configOf({
      keys,
      china: { role_arn: "arn:aws-cn:iam::111122223333:role/C", source_profile: "keys" },
    });
    const plan = planOf(roleOfProfile(bare, "china"), bare);
    assert.equal(plan.stsRegion, "cn-north-1");
    assert.equal(plan.region, undefined);
  });

  it("is the endpoint of the role's own profile", () => {
    assert.equal(planned("local").endpoint, "http://127.0.0.1:1");
    assert.equal(planned("goal").endpoint, undefined);
  });
});

describe("planning is pure", () => {
  it("changes nothing that it is given, and gives the same answer again", () => {
    const config = configOf({
      base: keys,
      hub: { role_arn: arnOf("Hub"), source_profile: "base" },
      goal: { role_arn: arnOf("Goal"), source_profile: "hub" },
    });
    const role = roleOfProfile(config, "goal");
    const before = JSON.stringify([...config.profiles]);
    const first = planChain(role, contextOf(config));
    assert.deepEqual(planChain(role, contextOf(config)), first);
    assert.equal(JSON.stringify([...config.profiles]), before);
    assert.ok(!(first instanceof Promise));
  });

  it("keeps every secret of the files out of plans and problems", () => {
    const config = configOf({
      base: keys,
      goal: { role_arn: arnOf("Goal"), source_profile: "base" },
      bad: { ...keys, role_arn: arnOf("Bad") },
    });
    for (const name of ["goal", "bad"]) {
      const planned = planChain(roleOfProfile(config, name), contextOf(config));
      assert.ok(!JSON.stringify(planned).includes(canary));
    }
  });
});
