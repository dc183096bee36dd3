import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Credentials } from "../../src/aws/calls/credentials.ts";
import type { Role } from "../../src/aws/role/role.ts";
import * as sdk from "../../src/aws/sts/sdk.ts";
import { DEMO, demoWorld, type Sandbox, startSandbox } from "../sandbox/index.ts";
import { settingRole } from "../unit/support/fixtures.ts";
import { SandboxMachine } from "../unit/support/sandboxMachine.ts";
import { tempFolder } from "../unit/support/tempFolder.ts";
import { announce, output, versionOf } from "./program.ts";

const { startUrl, region } = DEMO.identityCenter;
const keys = `aws_access_key_id = ${DEMO.accessKeyId}\naws_secret_access_key = ${DEMO.secretAccessKey}\n`;
const otherKeys = "aws_access_key_id = AKIANOBODY0000000001\naws_secret_access_key = nothing\n";
const named = "role_session_name = same\n";
const keysInEnvironment = {
  AWS_ACCESS_KEY_ID: DEMO.accessKeyId,
  AWS_SECRET_ACCESS_KEY: DEMO.secretAccessKey,
};

/** Prints the demo user's keys, if it gets its argument as one word. */
const processOfKeys = `"${process.execPath}" -e "process.argv[1] === 'two words' && console.log(JSON.stringify({ Version: 1, AccessKeyId: '${DEMO.accessKeyId}', SecretAccessKey: '${DEMO.secretAccessKey}' }))" "two words"`;

interface Case {
  readonly what: string;
  readonly config?: string;
  readonly credentials?: string;
  readonly environment?: Record<string, string>;
  /** The role is that of the profile `goal`, unless it is typed and nobody names a base. */
  readonly typed?: boolean;
}

const goal = (base: string, role: string = DEMO.roles.readOnly): string =>
  `[profile goal]\nrole_arn = ${role}\n${named}${base}\n`;

const cases: readonly Case[] = [
  { what: "keys", config: goal("source_profile = default"), credentials: `[default]\n${keys}` },
  {
    what: "keys in the config file",
    config: `${goal("source_profile = base")}[profile base]\n${keys}`,
  },
  {
    what: "a chain of three",
    config: `${goal("source_profile = hub", DEMO.roles.deploy)}[profile hub]\nrole_arn = ${DEMO.roles.hub}\nsource_profile = default\n`,
    credentials: `[default]\n${keys}`,
  },
  {
    what: "an external id and a duration",
    config: goal(
      `external_id = ${DEMO.externalId}\nduration_seconds = 900\nsource_profile = default`,
      DEMO.roles.partner,
    ),
    credentials: `[default]\n${keys}`,
  },
  {
    what: "credential_source = Environment",
    config: goal("credential_source = Environment"),
    environment: keysInEnvironment,
  },
  {
    what: "credential_source = Ec2InstanceMetadata",
    config: goal("credential_source = Ec2InstanceMetadata", DEMO.roles.deploy),
  },
  {
    what: "credential_source = EcsContainer",
    config: goal("credential_source = EcsContainer", DEMO.roles.deploy),
  },
  {
    what: "credential_process",
    config: `${goal("source_profile = tool")}[profile tool]\ncredential_process = ${processOfKeys}\n`,
  },
  {
    what: "keys in the credentials file before credential_process",
    config: `${goal("source_profile = tool")}[profile tool]\ncredential_process = false\n`,
    credentials: `[tool]\n${keys}`,
  },
  {
    what: "credential_process before keys in the config file",
    config: `${goal("source_profile = tool")}[profile tool]\ncredential_process = ${processOfKeys}\n${otherKeys}`,
  },
  {
    what: "IAM Identity Center before keys",
    config: `${goal("source_profile = people", DEMO.roles.hub)}[profile people]\nsso_session = corp\nsso_account_id = ${DEMO.accountId}\nsso_role_name = ReadOnly\n[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = ${region}\n`,
    credentials: `[people]\n${otherKeys}`,
  },
  {
    what: "keys of the environment before AWS_PROFILE",
    typed: true,
    credentials: `[other]\n${otherKeys}`,
    environment: { ...keysInEnvironment, AWS_PROFILE: "other" },
  },
  {
    what: "AWS_PROFILE",
    typed: true,
    credentials: `[other]\n${keys}`,
    environment: { AWS_PROFILE: "other" },
  },
  { what: "the default profile", typed: true, credentials: `[default]\n${keys}` },
];

const version = versionOf("aws", "--version");
/** Version 1 has no `aws configure export-credentials`, but says who it is. */
const canExport = version?.startsWith("aws-cli/1.") === false;

if (announce("aws CLI", version)) {
  describe("the same config files for the AWS CLI and the extension", () => {
    const folder = tempFolder();
    let sandbox: Sandbox;

    beforeEach(async () => {
      const roleArn = DEMO.roles.hub;
      sandbox = await startSandbox({
        world: {
          ...demoWorld(),
          instance: { id: "i-0123456789", roleArn },
          container: { roleArn, sessionName: "task" },
        },
      });
    });

    afterEach(() => sandbox.stop());

    for (const { what, config, credentials, environment, typed } of cases) {
      it(`are the same identity: ${what}`, async () => {
        await folder.write(".aws/config", config ?? "");
        await folder.write(".aws/credentials", credentials ?? "");
        const variables = {
          AWS_EC2_METADATA_SERVICE_ENDPOINT: sandbox.url,
          ...(what.includes("EcsContainer") && {
            AWS_CONTAINER_CREDENTIALS_FULL_URI: `${sandbox.url}/v1/credentials`,
          }),
          ...environment,
        };
        const machine = new SandboxMachine(sandbox, folder, variables);
        if (what.includes("Identity Center")) await signInForBoth(machine);
        const role: Role | string = typed
          ? settingRole({ roleArn: DEMO.roles.readOnly, sessionName: "same" })
          : "goal";
        const { credentials: ours } = await machine.session(role);
        const theirs = await (typed ? cliWithoutProfile : cliAsProfile)(variables);
        assert.equal(await whoIs(ours), theirs);
      }).timeout(30_000);
    }

    /** The CLI finds the token where `aws sso login` would have left it. */
    async function signInForBoth(machine: SandboxMachine): Promise<void> {
      await machine.session("people");
      const stored = [...machine.storage.stored].find(([key]) => key.startsWith("sso.token"))?.[1];
      const { accessToken, expiresAt } = JSON.parse(JSON.parse(stored ?? "").value);
      const name = createHash("sha1").update("corp").digest("hex");
      await folder.write(
        `.aws/sso/cache/${name}.json`,
        JSON.stringify({
          startUrl,
          region,
          accessToken,
          expiresAt: new Date(expiresAt).toISOString().replace(/\.\d+/, ""),
        }),
      );
    }

    function cliEnvironment(variables: Record<string, string>): NodeJS.ProcessEnv {
      return {
        PATH: process.env["PATH"],
        HOME: folder.path(),
        AWS_ENDPOINT_URL: sandbox.url,
        AWS_DEFAULT_REGION: DEMO.region,
        ...variables,
      };
    }

    /** Who the CLI is as the profile `goal`. */
    async function cliAsProfile(variables: Record<string, string>): Promise<string | undefined> {
      const environment = cliEnvironment(variables);
      if (canExport) {
        const command = ["aws", "configure", "export-credentials", "--profile", "goal"];
        return whoIs(fromJson(await output(command, environment)));
      }
      const command = ["aws", "sts", "get-caller-identity", "--profile", "goal"];
      return JSON.parse(await output([...command, "--output", "json"], environment)).Arn;
    }

    /** Whom the CLI assumes where nobody names a base. */
    async function cliWithoutProfile(
      variables: Record<string, string>,
    ): Promise<string | undefined> {
      const command = ["aws", "sts", "assume-role", "--output", "json"];
      const options = ["--role-arn", DEMO.roles.readOnly, "--role-session-name", "same"];
      const text = await output([...command, ...options], cliEnvironment(variables));
      return whoIs(fromJson(JSON.stringify(JSON.parse(text).Credentials)));
    }

    function fromJson(text: string): Credentials {
      const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(text);
      return {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
      };
    }

    async function whoIs(credentials: Credentials): Promise<string | undefined> {
      const client = new sdk.STSClient({ region: DEMO.region, endpoint: sandbox.url, credentials });
      return (await client.send(new sdk.GetCallerIdentityCommand({}))).Arn;
    }
  });
}
