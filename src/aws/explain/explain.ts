import type { Failure, PlanFailure } from "../execution/failure.ts";
import type { Role } from "../role/role.ts";
import { explainBase } from "./explainBase.ts";
import { explainCall } from "./explainCall.ts";
import { type Explanation, whereWritten } from "./explanation.ts";

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
