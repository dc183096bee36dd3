import type { Explanation } from "../aws/explain/explanation.ts";
import type { Role } from "../aws/role/role.ts";
import type { Session } from "./session.ts";

/** From here on a session counts as expiring. Ms before its end. */
export const expiringMs = 10 * 60_000;

/**
 * Who the window is. Only `active` and `expiring` hold credentials. A role that is being assumed
 * beside that changes nothing until it succeeds.
 */
export type SessionState = Phase & {
  /** The role that is being assumed right now. */
  readonly assuming?: Role;
};

export type Phase =
  | { readonly kind: "none" }
  | { readonly kind: "active"; readonly session: Session }
  | { readonly kind: "expiring"; readonly session: Session }
  | { readonly kind: "expired"; readonly role: Role; readonly expiredAt: number }
  | { readonly kind: "failed"; readonly role: Role; readonly explanation: Explanation };

export type SessionEvent =
  | { readonly kind: "assume"; readonly role: Role }
  | { readonly kind: "assumed"; readonly session: Session }
  | { readonly kind: "refused"; readonly role: Role; readonly explanation: Explanation }
  | { readonly kind: "cancelled" }
  | { readonly kind: "dropped" }
  | { readonly kind: "time-passed" };

export const noSession: SessionState = { kind: "none" };

/** What an event at a time (epoch ms) makes of a state. Pure. */
export function transition(state: SessionState, event: SessionEvent, now: number): SessionState {
  switch (event.kind) {
    case "assume":
      return { ...phaseAt(phaseOf(state), now), assuming: event.role };
    case "assumed":
      return phaseAt({ kind: "active", session: event.session }, now);
    case "refused":
      return afterRefusal(phaseAt(phaseOf(state), now), event.role, event.explanation);
    case "cancelled":
      return phaseAt(phaseOf(state), now);
    case "dropped":
      return noSession;
    case "time-passed": {
      const phase = phaseAt(phaseOf(state), now);
      return state.assuming ? { ...phase, assuming: state.assuming } : phase;
    }
  }
}

/** The next time (epoch ms) at which time alone changes the state. */
export function nextChangeAt(state: SessionState): number | undefined {
  if (state.kind === "active") return state.session.expiresAt - expiringMs;
  if (state.kind === "expiring") return state.session.expiresAt;
  return undefined;
}

/** The role that the user means: the one being assumed, else that of the phase. */
export function roleOf(state: SessionState): Role | undefined {
  if (state.assuming) return state.assuming;
  if (state.kind === "none") return undefined;
  return "session" in state ? state.session.role : state.role;
}

function phaseOf({ assuming: _, ...phase }: SessionState): Phase {
  return phase;
}

function phaseAt(phase: Phase, now: number): Phase {
  if (!("session" in phase)) return phase;
  const { session } = phase;
  if (now >= session.expiresAt) {
    return { kind: "expired", role: session.role, expiredAt: session.expiresAt };
  }
  return { kind: now >= session.expiresAt - expiringMs ? "expiring" : "active", session };
}

/** A refusal leaves a session that is there alone, and an expired one denied: nobody falls back. */
function afterRefusal(phase: Phase, role: Role, explanation: Explanation): Phase {
  return phase.kind === "none" || phase.kind === "failed"
    ? { kind: "failed", role, explanation }
    : phase;
}
