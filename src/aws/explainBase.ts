import { nameOfBase } from "./base.ts";
import { type Explanation, sentence, whereWritten } from "./explanation.ts";
import type { BaseFailure } from "./failure.ts";
import type { Role } from "./role.ts";

/** Explains why there are no credentials to assume a role with. */
export function explainBase({ base, cause }: BaseFailure, role: Role): Explanation {
  const what = `There are no credentials to assume "${role.name}" with.`;
  if (base.kind === "default-chain") {
    return {
      what,
      why: "No keys are in the environment, no profile is the default, and this machine has no instance profile or task role.",
      fix: 'Give a source profile for the role, or add a [default] profile with "aws configure".',
      remedy: whereWritten(role, "role_arn"),
    };
  }
  const signIn =
    base.kind === "sso"
      ? `Run "aws sso login --profile ${base.profile}", then try again.`
      : base.kind === "login"
        ? `Run "aws login --profile ${base.profile}", then try again.`
        : undefined;
  return {
    what,
    why: `They should come from ${nameOfBase(base)}, which gave none: ${sentence(cause.message)}`,
    fix: signIn ?? "See the log for the whole answer, mend the source, and try again.",
    remedy: { kind: "try-again" },
  };
}
