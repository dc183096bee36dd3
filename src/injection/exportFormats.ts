import type { Session } from "../session/session.ts";
import { variablesOfSession } from "./environment.ts";

/** A way to write a session's credentials down for another program. */
export interface ExportFormat {
  readonly name: string;
  /** What it is for, in a few words. */
  readonly description: string;
  /** The text. Secret. */
  readonly write: (session: Session) => string;
}

type Assignment = (name: string, value: string) => string;

/** One line for each variable that terminals get. */
const lines =
  (assignment: Assignment, end = "\n") =>
  (session: Session): string =>
    [...variablesOfSession(session)].map(([name, value]) => assignment(name, value) + end).join("");

/** Nothing is special between single quotes but the quote itself. */
const posixQuoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;
const fishQuoted = (value: string): string =>
  `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
const powerShellQuoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

export const exportFormats: readonly ExportFormat[] = [
  {
    name: "bash, zsh",
    description: "export lines",
    write: lines((name, value) => `export ${name}=${posixQuoted(value)}`),
  },
  {
    name: "fish",
    description: "set lines",
    write: lines((name, value) => `set -gx ${name} ${fishQuoted(value)}`),
  },
  {
    name: "PowerShell",
    description: "$Env: lines",
    write: lines((name, value) => `$Env:${name} = ${powerShellQuoted(value)}`),
  },
  {
    name: "cmd",
    description: "set lines of the Windows command prompt",
    write: lines((name, value) => `set "${name}=${value}"`, "\r\n"),
  },
  {
    name: "Nushell",
    description: "$env lines",
    write: lines((name, value) => `$env.${name} = ${JSON.stringify(value)}`),
  },
  {
    name: ".env",
    description: "for Docker's --env-file and the like, which take quotes for part of a value",
    write: lines((name, value) => `${name}=${value}`),
  },
  {
    name: "JSON",
    description: "what a credential_process prints",
    write: processJson,
  },
  {
    name: "AWS CLI profile",
    description: "a section for the shared credentials file",
    write: profileSection,
  },
];

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html */
function processJson({ credentials, expiration }: Session): string {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const answer = {
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: new Date(expiration).toISOString(),
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

function profileSection({ credentials, plan, role }: Session): string {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const pairs = [
    ["aws_access_key_id", accessKeyId],
    ["aws_secret_access_key", secretAccessKey],
    ["aws_session_token", sessionToken],
    ["region", plan.region],
  ];
  const name = role.name.replace(/[^\w@+.%:/-]+/g, "-");
  const body = pairs.flatMap(([key, value]) => (value ? [`${key} = ${value}`] : []));
  return [`[${name}-session]`, ...body, ""].join("\n");
}
