import type { BaseProblem } from "../bases/baseError.ts";
import { type Base, nameOfBase } from "../chain/base.ts";
import type { BaseFailure } from "../execution/failure.ts";
import type { Role } from "../role/role.ts";
import { explainSso } from "./explainSso.ts";
import { type Explanation, type Remedy, sentence, whereWritten } from "./explanation.ts";

/** Explains why there are no credentials to assume a role with. */
export function explainBase({ base, cause }: BaseFailure, role: Role): Explanation {
  const what = `There are no credentials to assume "${role.name}" with.`;
  const remedy = remedyOf(base, cause.code, role);
  if (base.kind === "sso") {
    const { why, fix } = explainSso(cause);
    return { what, why: `They should come from ${nameOfBase(base)}. ${why}`, fix, remedy };
  }
  const fix = fixes[cause.code];
  if (fix !== undefined) {
    return { what, why: whyOf(base, cause.code, cause.message), fix, remedy };
  }
  return {
    what,
    why: `They should come from ${nameOfBase(base)}, which gave none: ${sentence(cause.message)}`,
    fix: "See the log for the whole answer, mend the source, and try again.",
    remedy,
  };
}

function whyOf(base: Base, code: string, message: string): string {
  if (base.kind === "default-chain" && code.startsWith("Imds")) {
    return `No keys are in the environment, no profile is the default, and this machine has no instance profile: ${sentence(message)}`;
  }
  return `They should come from ${nameOfBase(base)}. ${sentence(message)}`;
}

function remedyOf(base: Base, code: string, role: Role): Remedy {
  if (base.kind === "default-chain") return whereWritten(role, "role_arn");
  if (base.kind === "credential-process") {
    return { kind: "open-profile", profile: base.profile, key: "credential_process" };
  }
  if (base.kind === "sso" && base.profile !== undefined && code === "ForbiddenException") {
    return { kind: "open-profile", profile: base.profile, key: "sso_role_name" };
  }
  return { kind: "try-again" };
}

const tryLater = "Try again in a moment.";
const seeProcess = "Run the command by hand to see what it says, mend it, and try again.";
const containerSetup = "Check the role of the task or pod, then try again.";
const noInstance =
  'Give a source profile for the role, or add a [default] profile with "aws configure".';

/** What to do about each problem of a base, and about what the SDK names what STS says to a token. */
const fixes: Readonly<Record<string, string>> = {
  BaseExpired: "Get new ones where these came from, then try again.",
  EnvironmentKeysMissing: "Set both keys before the editor starts, or name another source.",
  EnvironmentKeysUnreadable: "Correct or unset the variable before the editor starts.",
  ImdsSwitchedOff: "Unset AWS_EC2_METADATA_DISABLED, or name another source.",
  ImdsAddress: "Correct AWS_EC2_METADATA_SERVICE_ENDPOINT, and try again.",
  ImdsAbsent: noInstance,
  ImdsDisabled: "Enable the metadata service of the instance, and try again.",
  ImdsHopLimit:
    "Raise the instance's metadata hop limit to 2: a container is one hop further away.",
  ImdsSilent: noInstance,
  ImdsVersion1Only: "Let the instance use IMDSv2, or allow version 1.",
  ImdsNoRole: "Attach an instance profile with a role to the instance, and try again.",
  ImdsRoleProblem: "Look after the instance's role: AWS could not assume it for the instance.",
  ImdsFailing: tryLater,
  ImdsRefused: tryLater,
  ImdsUnreadable: "Check what answers at the address of the metadata service.",
  ContainerAbsent: "Use credential_source = EcsContainer only inside of a task or pod with a role.",
  ContainerAddress: "Correct AWS_CONTAINER_CREDENTIALS_FULL_URI, and try again.",
  ContainerTokenFile: "Check AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE and the file, and try again.",
  ContainerTokenRefused:
    "Open a new terminal or editor in the container: the token may be an old one.",
  ContainerNotReached: containerSetup,
  ContainerFailing: tryLater,
  ContainerRefused: containerSetup,
  ContainerUnreadable: "Check what answers at the address of the container's credentials.",
  ProcessUntrusted: "Trust the workspace first, or keep the config file outside of it.",
  ProcessCommand: "Close the quotation in credential_process, and try again.",
  ProcessNotFound: "Give the program's whole path in credential_process, and try again.",
  ProcessNotRunnable: "Check that the program may be run, and try again.",
  ProcessTimedOut: seeProcess,
  ProcessFailed: seeProcess,
  ProcessNotJson: seeProcess,
  ProcessVersion: seeProcess,
  ProcessIncomplete: seeProcess,
  TokenFileMissing: "Check the path of the web identity's token, and try again.",
  TokenFileEmpty: "Wait until the token is written, or check who writes it.",
  LoginMissing: 'Run "aws login" for the profile, then try again.',
  LoginUnreadable: 'Run "aws login" for the profile again, then try again.',
  LoginExpired: 'Run "aws login" for the profile again, then try again.',
  AccessDenied: "Ask whoever manages the role to admit this identity in its trust policy.",
  ExpiredTokenException: "Let the identity provider write a new token, then try again.",
  IDPCommunicationErrorException: tryLater,
  IDPRejectedClaimException: "Check the audience of the token and the identity provider's claims.",
  InvalidIdentityTokenException:
    "Check the identity provider in the role's account, and the token's issuer.",
} satisfies Record<BaseProblem, string> & Record<string, string>;
