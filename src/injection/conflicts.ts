import type { Environment } from "./inherited.ts";

/** A variable that terminals inherit and that takes a tool away from the session. */
export interface Conflict {
  /** The variable to unset. */
  readonly variable: string;
  /** Which tools do what because of it: the end of a sentence that starts with the variable. */
  readonly effect: string;
}

/**
 * What outranks the session's variables for some SDK. `hasCredentials` tells whether a profile of
 * the user's files leads to credentials; `undefined` if there is no such profile.
 */
export function conflictsIn(
  inherited: Environment,
  hasCredentials: (profile: string) => boolean | undefined,
): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const variable of ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]) {
    const effect = effectOfProfile(variable, inherited[variable], hasCredentials);
    if (effect) conflicts.push({ variable, effect });
  }
  if (inherited["AWS_SECURITY_TOKEN"]) {
    // botocore looks for the session token under this old name first.
    conflicts.push({
      variable: "AWS_SECURITY_TOKEN",
      effect:
        "is set: the AWS CLI and boto3 send it instead of the session's token, and are denied",
    });
  }
  return conflicts;
}

function effectOfProfile(
  variable: string,
  profile: string | undefined,
  hasCredentials: (profile: string) => boolean | undefined,
): string | undefined {
  if (profile === undefined) return undefined;
  if (profile === "") return "is set but empty: the AWS CLI and boto3 refuse to start with it";
  const known = hasCredentials(profile);
  if (known === undefined) {
    return `names the profile "${profile}", which doesn't exist: the AWS CLI and boto3 refuse to start with it`;
  }
  if (!known || variable === "AWS_DEFAULT_PROFILE") return undefined;
  return `is "${profile}": tools on the AWS SDK for JavaScript work as that profile, not as the role`;
}
