import { AwsError, validationError } from "../awsError.ts";
import { accountIdOf } from "../cloud/arn.ts";
import { parsePolicy } from "../cloud/sessionPolicy.ts";
import type { SessionPolicy } from "../cloud/sessions.ts";
import type { Role } from "../world.ts";
import type { Params } from "./params.ts";

const PACKED_CHARACTERS = 2048;
const DEFAULT_DURATION_SECONDS = 3600;

/** What remains to be said against a `RoleArn` that has the right length and characters. */
export function checkRoleArn(arn: string): void {
  if (!arn.startsWith("arn:")) {
    throw validationError(`${arn} is invalid`);
  }
  if (accountIdOf(arn) !== undefined && !/^arn:[^:]+:iam::\d{12}:role\/./.test(arn)) {
    throw validationError("Request ARN is invalid");
  }
}

/** The session policies of a request, if it has any. Throws `MalformedPolicyDocument`. */
export function readSessionPolicy(params: Params): SessionPolicy | undefined {
  const inline = params.text("Policy");
  const managedArns = params
    .members("PolicyArns")
    .map((member) => params.required(`${member}.arn`));
  if (inline === undefined) {
    return managedArns.length === 0 ? undefined : { managedArns };
  }
  parsePolicy(inline);
  return { inline, managedArns };
}

/**
 * How much of the room for session policies and tags a request takes, in per cent; `undefined` if it passes none.
 * The real packing is AWS's secret: here every character counts as one of 2048. Throws `PackedPolicyTooLarge`.
 */
export function packedPolicySize(
  policy: SessionPolicy | undefined,
  tags: ReadonlyMap<string, string>,
): number | undefined {
  const policies = percent([policy?.inline ?? "", ...(policy?.managedArns ?? [])]);
  if (policies > 100) {
    throw tooLarge(`Packed policy consumes ${policies}% of allotted space`);
  }
  const tagging = percent([...tags].flat());
  if (tagging > 100) {
    throw tooLarge(`Packed size of session tags consumes ${tagging}% of allotted space.`);
  }
  return policies + tagging > 0 ? Math.max(policies, tagging) : undefined;
}

/** The session's length in seconds. Throws when more is asked for than the role gives. */
export function sessionSeconds(params: Params, role: Role): number {
  const requested = params.text("DurationSeconds");
  const seconds = requested === undefined ? DEFAULT_DURATION_SECONDS : Number(requested);
  if (seconds > (role.maxSessionDurationSeconds ?? DEFAULT_DURATION_SECONDS)) {
    throw validationError(
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
  return Math.min(seconds, role.sessionLifeSeconds ?? seconds);
}

function percent(texts: readonly string[]): number {
  return Math.ceil((texts.join("").length / PACKED_CHARACTERS) * 100);
}

function tooLarge(message: string): AwsError {
  return new AwsError("PackedPolicyTooLarge", 400, message);
}
