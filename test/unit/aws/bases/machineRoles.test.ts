import assert from "node:assert/strict";
import { explain } from "../../../../src/aws/explain/explain.ts";
import type { Role } from "../../../../src/aws/role/role.ts";
import {
  CANARY,
  DEMO,
  demoWorld,
  type Sandbox,
  startSandbox,
  type World,
} from "../../../sandbox/index.ts";
import { settingRole } from "../../support/fixtures.ts";
import { SandboxMachine } from "../../support/sandboxMachine.ts";
import { tempFolder } from "../../support/tempFolder.ts";

const profiles = `
[profile on-instance]
role_arn = ${DEMO.roles.deploy}
credential_source = Ec2InstanceMetadata

[profile in-container]
role_arn = ${DEMO.roles.deploy}
credential_source = EcsContainer

[profile from-environment]
role_arn = ${DEMO.roles.readOnly}
credential_source = Environment
`;

const deploy = /^arn:aws:sts::444455556666:assumed-role\/Deploy\/me-vscode$/;

describe("the roles of machines", () => {
  const folder = tempFolder();
  let sandbox: Sandbox | undefined;

  afterEach(() => sandbox?.stop());

  /** A machine without any key, whose metadata and container endpoints are the sandbox's. */
  async function machineIn(
    world: Partial<World>,
    environment: Record<string, string> = {},
  ): Promise<SandboxMachine> {
    await sandbox?.stop();
    sandbox = await startSandbox({ world: { ...demoWorld(), ...world } });
    await folder.write(".aws/config", profiles);
    return new SandboxMachine(sandbox, folder, {
      AWS_EC2_METADATA_SERVICE_ENDPOINT: sandbox.url,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${sandbox.url}/v1/credentials`,
      ...environment,
    });
  }

  /** The code of a base that gives nothing, after a look at how it is explained. */
  async function problemOf(machine: SandboxMachine, role: Role | string): Promise<string> {
    const outcome = await machine.assume(role);
    if (outcome.kind !== "failed") throw new Error(`It ended as ${outcome.kind}.`);
    const { failure } = outcome;
    if (failure.kind !== "base") throw new Error(`It failed otherwise: ${JSON.stringify(failure)}`);
    const { why, fix } = explain(failure, settingRole());
    assert.ok(why.includes(failure.cause.message.replace(/\.$/, "")), why);
    assert.doesNotMatch(fix, /See the log/);
    assert.ok(!JSON.stringify([failure, machine.notes, machine.calls]).includes(CANARY));
    return failure.cause.code;
  }

  const instance = { id: "i-0123456789", roleArn: DEMO.roles.hub };

  it("are an EC2 instance profile, by a token of IMDSv2", async () => {
    const machine = await machineIn({ instance });
    const { assumedRoleArn, plan } = await machine.session("on-instance");
    assert.match(assumedRoleArn ?? "", deploy);
    assert.equal(plan.base.kind, "credential-source");
    assert.match(machine.notes.join("\n"), /Got the EC2 instance profile until 20/);
    assert.deepEqual(
      sandbox?.requests.map(({ operation }) => operation),
      ["PutMetadataToken", "GetMetadataRole", "GetMetadataCredentials", "AssumeRole"],
    );
  });

  it("are asked for once while their credentials last", async () => {
    const machine = await machineIn({ instance });
    await machine.session("on-instance");
    await machine.session("on-instance");
    const asked = sandbox?.requests.filter(({ operation }) => operation === "PutMetadataToken");
    assert.equal(asked?.length, 1);
  });

  it("are what is left where nobody names a base", async () => {
    const machine = await machineIn({ instance }, { AWS_CONTAINER_CREDENTIALS_FULL_URI: "" });
    const { plan } = await machine.session(settingRole({ roleArn: DEMO.roles.deploy }));
    assert.equal(plan.base.kind, "default-chain");
  });

  it("are told apart in why they give nothing: the metadata service", async () => {
    const base = { instance };
    const problems = {
      off: await problemOf(
        await machineIn(base, { AWS_EC2_METADATA_DISABLED: "true" }),
        "on-instance",
      ),
      absent: await problemOf(
        await machineIn({}, { AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://127.0.0.1:9" }),
        "on-instance",
      ),
      disabled: await problemOf(
        await machineIn({ instance: { ...instance, metadata: "disabled" } }),
        "on-instance",
      ),
      noRole: await problemOf(await machineIn({ instance: { id: "i-1" } }), "on-instance"),
      roleProblem: await problemOf(
        await machineIn({ instance: { ...instance, roleProblem: "AssumeRoleUnauthorizedAccess" } }),
        "on-instance",
      ),
      address: await problemOf(
        await machineIn(base, { AWS_EC2_METADATA_SERVICE_ENDPOINT: "nowhere" }),
        "on-instance",
      ),
    };
    assert.deepEqual(problems, {
      off: "ImdsSwitchedOff",
      absent: "ImdsAbsent",
      disabled: "ImdsDisabled",
      noRole: "ImdsNoRole",
      roleProblem: "ImdsRoleProblem",
      address: "ImdsAddress",
    });
  });

  it("are not waited for longer than a second where the hop limit swallows the token", async () => {
    const machine = await machineIn({ instance });
    sandbox?.faults.inject({ kind: "delay", ms: 20_000 }, { operation: "PutMetadataToken" });
    const startedAt = performance.now();
    assert.equal(await problemOf(machine, "on-instance"), "ImdsHopLimit");
    // Not a measure of speed: the answer itself would have taken twenty seconds.
    assert.ok(performance.now() - startedAt < 10_000);
  }).timeout(15_000);

  const container = { roleArn: DEMO.roles.hub, sessionName: "task", token: `${CANARY}token` };

  it("are that of an ECS task or EKS pod, by a token of the environment or a file", async () => {
    const byVariable = await machineIn(
      { container },
      { AWS_CONTAINER_AUTHORIZATION_TOKEN: container.token },
    );
    assert.match((await byVariable.session("in-container")).assumedRoleArn ?? "", deploy);
    const file = await folder.write("token", `${container.token}\n`);
    const byFile = await machineIn({ container }, { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file });
    const { plan } = await byFile.session(settingRole({ roleArn: DEMO.roles.deploy }));
    assert.equal(plan.base.kind, "container");
  });

  it("are told apart in why they give nothing: the container's endpoint", async () => {
    const problems = {
      absent: await problemOf(
        await machineIn({}, { AWS_CONTAINER_CREDENTIALS_FULL_URI: "" }),
        "in-container",
      ),
      address: await problemOf(
        await machineIn({}, { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://192.0.2.1/x" }),
        "in-container",
      ),
      unreachable: await problemOf(
        await machineIn({}, { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/x" }),
        "in-container",
      ),
      noToken: await problemOf(await machineIn({ container }), "in-container"),
      wrongToken: await problemOf(
        await machineIn({ container }, { AWS_CONTAINER_AUTHORIZATION_TOKEN: "wrong" }),
        "in-container",
      ),
      noFile: await problemOf(
        await machineIn({ container }, { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/nowhere" }),
        "in-container",
      ),
    };
    assert.deepEqual(problems, {
      absent: "ContainerAbsent",
      address: "ContainerAddress",
      unreachable: "ContainerNotReached",
      noToken: "ContainerTokenRefused",
      wrongToken: "ContainerTokenRefused",
      noFile: "ContainerTokenFile",
    });
  });

  it("can be keys of the environment, where the profile says so", async () => {
    const keys = {
      AWS_ACCESS_KEY_ID: DEMO.accessKeyId,
      AWS_SECRET_ACCESS_KEY: DEMO.secretAccessKey,
    };
    const machine = await machineIn({}, keys);
    assert.match((await machine.session("from-environment")).assumedRoleArn ?? "", /ReadOnly/);
    const without = await machineIn({});
    assert.equal(await problemOf(without, "from-environment"), "EnvironmentKeysMissing");
    const garbled = await machineIn({}, { ...keys, AWS_CREDENTIAL_EXPIRATION: "soon" });
    assert.equal(await problemOf(garbled, "from-environment"), "EnvironmentKeysUnreadable");
    const old = { ...keys, AWS_CREDENTIAL_EXPIRATION: "2020-01-01T00:00:00Z" };
    assert.equal(await problemOf(await machineIn({}, old), "from-environment"), "BaseExpired");
  });
});
