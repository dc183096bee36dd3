import type { Session } from "../session/session.ts";
import type { SessionState } from "../session/state.ts";

/** Variables by name. */
export type Variables = ReadonlyMap<string, string>;

/** The variables that a state gives to processes. Holds secrets. */
export function variablesOf(state: SessionState): Variables {
  switch (state.kind) {
    case "active":
    case "expiring":
      return variablesOfSession(state.session);
    case "expired":
      return variablesOfDenial;
    case "none":
    case "failed":
      return new Map();
  }
}

/**
 * The variables of a session, as the SDKs and the CLI read them. `AWS_DEFAULT_REGION` is for the CLI v1 and boto3, which don't
 * read `AWS_REGION`.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html
 */
export function variablesOfSession({ credentials, expiration, plan }: Session): Variables {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const variables = new Map([
    ["AWS_ACCESS_KEY_ID", accessKeyId],
    ["AWS_SECRET_ACCESS_KEY", secretAccessKey],
    ["AWS_CREDENTIAL_EXPIRATION", new Date(expiration).toISOString().replace(/\.\d+Z$/, "Z")],
  ]);
  if (sessionToken) variables.set("AWS_SESSION_TOKEN", sessionToken);
  if (plan.region) {
    variables.set("AWS_REGION", plan.region);
    variables.set("AWS_DEFAULT_REGION", plan.region);
  }
  return variables;
}

/**
 * After the end of a session a new process finds keys that no account knows, until the user drops,
 * renews or switches the role: without them it would work as whoever the user's files name, which
 * nobody chose and nothing shows. No expiry goes with them, since the CLI fails on one in the past
 * with a text that doesn't tell why.
 */
const variablesOfDenial: Variables = new Map([
  ["AWS_ACCESS_KEY_ID", "ROLESESSIONEXPIRED"],
  ["AWS_SECRET_ACCESS_KEY", "role-session-expired"],
  ["AWS_SESSION_TOKEN", "role-session-expired"],
]);

/** What makes one set of variables of another. */
export interface VariableChanges {
  readonly set: Variables;
  readonly unset: readonly string[];
}

/** Only what differs: each change marks every open terminal for a relaunch. */
export function changesBetween(from: Variables, to: Variables): VariableChanges {
  return {
    set: new Map([...to].filter(([name, value]) => from.get(name) !== value)),
    unset: [...from.keys()].filter((name) => !to.has(name)),
  };
}
