import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEMO } from "../index.ts";

/** The folders of a developer's machine, absolute; both are there. */
export interface DemoFolders {
  readonly home: string;
  /** The folder to open in the editor. */
  readonly workspace: string;
}

/**
 * Writes the files of a machine of the demo world's user: the AWS config in its home, and in its
 * workspace a role in the settings and the commands `whoami`, `mfa-code` and `assume-role`.
 */
export async function writeDemoMachine({ home, workspace }: DemoFolders): Promise<void> {
  await mkdir(join(home, ".aws"), { recursive: true });
  await mkdir(join(workspace, ".vscode"), { recursive: true });
  await writeFile(join(home, ".aws", "config"), configFile);
  await writeFile(join(home, ".aws", "credentials"), credentialsFile, { mode: 0o600 });
  await writeFile(join(workspace, ".vscode", "settings.json"), JSON.stringify(settings, null, 2));
  await writeFile(join(workspace, "README.md"), workspaceReadme);
  await writeCommand(join(workspace, "whoami"), "whoAmI.ts");
  await writeCommand(join(workspace, "mfa-code"), "mfaCode.ts");
  await writeCommand(join(workspace, "assume-role"), "assumeRole.ts");
}

/** The variables that lead an editor and every tool in it to the sandbox, and nowhere else. */
export function demoEnvironment(sandboxUrl: string): Record<string, string> {
  return { AWS_ENDPOINT_URL: sandboxUrl, AWS_EC2_METADATA_DISABLED: "true" };
}

async function writeCommand(file: string, script: string): Promise<void> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  await writeFile(file, `#!/bin/sh\nexec "${process.execPath}" "${path}" "$@"\n`);
  await chmod(file, 0o755);
}

const profiles: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["read-only", { role_arn: DEMO.roles.readOnly, source_profile: "default" }],
  ["admin", { role_arn: DEMO.roles.admin, source_profile: "default", mfa_serial: DEMO.mfaSerial }],
  [
    "audit",
    { role_arn: DEMO.roles.readOnly, source_profile: "default", mfa_serial: DEMO.mfaSerial },
  ],
  ["hub", { role_arn: DEMO.roles.hub, source_profile: "default" }],
  ["deploy", { role_arn: DEMO.roles.deploy, source_profile: "hub" }],
  ["forbidden", { role_arn: DEMO.roles.forbidden, source_profile: "default" }],
  ["people", { sso_session: "demo", sso_account_id: DEMO.accountId, sso_role_name: "ReadOnly" }],
  ["people-hub", { role_arn: DEMO.roles.hub, source_profile: "people" }],
  ["people-deploy", { role_arn: DEMO.roles.deploy, source_profile: "people-hub" }],
  ["short-lived", { role_arn: DEMO.roles.shortLived, source_profile: "default" }],
];

const configFile = [
  `[default]\nregion = ${DEMO.region}\n`,
  `[sso-session demo]
sso_start_url = ${DEMO.identityCenter.startUrl}
sso_region = ${DEMO.identityCenter.region}
sso_registration_scopes = sso:account:access
`,
  ...profiles.map(([name, properties]) =>
    [
      `[profile ${name}]`,
      ...Object.entries({ ...properties, region: DEMO.region }).map((pair) => pair.join(" = ")),
      "",
    ].join("\n"),
  ),
].join("\n");

const credentialsFile = `[default]
aws_access_key_id = ${DEMO.accessKeyId}
aws_secret_access_key = ${DEMO.secretAccessKey}
`;

const settings = {
  // Otherwise nobody would see a session end.
  "awsAssumeRole.renewal": "never",
  "awsAssumeRole.roles": [
    {
      name: "partner",
      roleArn: DEMO.roles.partner,
      sourceProfile: "default",
      externalId: DEMO.externalId,
      region: DEMO.region,
    },
  ],
};

const workspaceReadme = `# Try AWS Assume Role

An AWS account is not needed: this editor talks to a simulated AWS on this machine.

1. Open a terminal and run \`./whoami\`: you are the user **dev**, with permanent keys.
2. Press F1, choose **AWS: Assume Role…**, and pick a role:
   - \`read-only\` works at once.
   - \`admin\` wants an MFA code: run \`./mfa-code\` in a terminal.
   - \`audit\` wants MFA of the same device: after \`admin\` nothing is asked.
   - \`deploy\` is in another account, through the role \`hub\`.
   - \`partner\` comes from this folder's settings, with an external id.
   - \`people\` is a permission set of IAM Identity Center: open the page and you are signed in.
   - \`people-deploy\` goes from there through \`hub\`, without another sign-in.
   - \`forbidden\` is denied, with the reason.
   - \`short-lived\` ends after 90 seconds.
3. Open a new terminal and run \`./whoami\` again: you are the role.
4. Choose **AWS: Assume Role (Read-Only)…** and pick \`hub\`. In a new terminal
   \`./assume-role ${DEMO.roles.deploy}\` is denied, which \`hub\` itself may do.
5. Watch the time in the status bar. When it is up, \`./whoami\` is denied.
   (In this folder's settings \`awsAssumeRole.renewal\` is \`never\`, so that sessions end. Set it to
   \`automatic\`, and \`short-lived\` is renewed again and again.)
`;
