import { nameOfBase } from "./base.ts";
import { explainCall } from "./explainCall.ts";
import { type Explanation, sentence, whereWritten } from "./explanation.ts";
import type { BaseFailure, Failure, PlanFailure } from "./failure.ts";
import type { Role } from "./role.ts";

/** Puts a failure into words. Pure; holds no secret, since failures hold none. */
export function explain(failure: Failure, role: Role): Explanation {
  switch (failure.kind) {
    case "plan":
      return explainPlan(failure, role);
    case "base":
      return explainBase(failure, role);
    case "call":
      return explainCall(failure, role);
  }
}

function explainPlan({ problem, place }: PlanFailure, role: Role): Explanation {
  const where = place ? ` (${place.file}, line ${place.line})` : "";
  return {
    what: `The role "${role.name}" can't be assumed as it is written down.`,
    why: `${problem.message.replace(/\.$/, "")}${where}.`,
    fix: place ? "Mend that line and try again." : "Mend it and try again.",
    remedy: place
      ? { kind: "open-file", place }
      : problem.profile !== undefined
        ? { kind: "open-profile", profile: problem.profile, key: problem.key ?? "role_arn" }
        : whereWritten(role, "role_arn"),
  };
}

function explainBase({ base, cause }: BaseFailure, role: Role): Explanation {
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
