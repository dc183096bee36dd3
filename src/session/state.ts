import type { Explanation } from "../aws/explain/explanation.ts";
import type { Role } from "../aws/role/role.ts";
import {
  firstRenewal,
  type Obstacle,
  type Renewal,
  type RenewalTerms,
  renewalAnew,
  renewalBegun,
  renewalBlocked,
  renewalDelayed,
  renewalInterrupted,
  renewalReminder,
  renewalTold,
  warningDueAt,
} from "./renewal.ts";
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
  | SessionPhase
  | { readonly kind: "expired"; readonly role: Role; readonly expiredAt: number }
  | { readonly kind: "failed"; readonly role: Role; readonly explanation: Explanation };

/** A phase with credentials. */
export interface SessionPhase {
  readonly kind: "active" | "expiring";
  readonly session: Session;
  readonly renewal: Renewal;
}

export type SessionEvent =
  | { readonly kind: "assume"; readonly role: Role }
  | { readonly kind: "assumed"; readonly session: Session }
  | { readonly kind: "refused"; readonly role: Role; readonly explanation: Explanation }
  | { readonly kind: "cancelled" }
  | { readonly kind: "dropped" }
  | { readonly kind: "time-passed" }
  /** A silent attempt brought a session, or another window did. */
  | { readonly kind: "renewed"; readonly session: Session }
  /** A silent attempt failed by what may pass. */
  | { readonly kind: "renewal-delayed" }
  /** A silent attempt can't succeed. */
  | { readonly kind: "renewal-blocked"; readonly obstacle: Obstacle }
  /** What stood in the way of silent attempts may be gone, or the user wants something else. */
  | { readonly kind: "renewal-anew" }
  /** The user wants to be told of the end once more. */
  | { readonly kind: "remind" }
  /** A session of this window's earlier life has ended meanwhile. */
  | { readonly kind: "found-expired"; readonly role: Role; readonly expiredAt: number };

/** What is to be done when a state is entered. */
export type Effect = "renew" | "warn";

/** A state, and what is to be done now that it is entered. */
export interface Step {
  readonly state: SessionState;
  readonly effects: readonly Effect[];
}

export const noSession: SessionState = { kind: "none" };

/** What an event makes of a state. Pure. */
export function transition(state: SessionState, event: SessionEvent, terms: RenewalTerms): Step {
  const { assuming, ...phase } = state;
  switch (event.kind) {
    case "assume":
      return settled(interrupted(phase, terms), event.role, terms);
    case "assumed":
      return settled(withSession(event.session, terms), undefined, terms);
    case "refused":
      return settled(afterRefusal(phase, event.role, event.explanation), undefined, terms);
    case "cancelled":
      return settled(phase, undefined, terms);
    case "dropped":
      return { state: noSession, effects: [] };
    case "time-passed":
      return settled(phase, assuming, terms);
    case "renewed":
      return settled(renewed(phase, event.session, terms), assuming, terms);
    case "found-expired":
      return settled(foundExpired(phase, event), assuming, terms);
    default:
      return settled(withRenewal(phase, renewalAfter(event, terms)), assuming, terms);
  }
}

/** The next time (epoch ms) at which time alone changes the state or wants something done. */
export function nextChangeAt(state: SessionState): number | undefined {
  if (!("session" in state)) return undefined;
  const { kind, renewal, session, assuming } = state;
  const times = [
    session.expiresAt,
    kind === "active" ? session.expiresAt - expiringMs : undefined,
    assuming ? undefined : renewal.nextAt,
    warningDueAt(renewal),
  ];
  return Math.min(...times.filter((time) => time !== undefined));
}

/** The role that the user means: the one being assumed, else that of the phase. */
export function roleOf(state: SessionState): Role | undefined {
  if (state.assuming) return state.assuming;
  if (state.kind === "none") return undefined;
  return "session" in state ? state.session.role : state.role;
}

/** The phase as it is at this time, and what is due. */
function settled(phase: Phase, assuming: Role | undefined, terms: RenewalTerms): Step {
  const due = duePhase(phase, assuming !== undefined, terms);
  return { state: assuming ? { ...due.phase, assuming } : due.phase, effects: due.effects };
}

function duePhase(
  phase: Phase,
  isAssuming: boolean,
  terms: RenewalTerms,
): { readonly phase: Phase; readonly effects: readonly Effect[] } {
  if (!("session" in phase)) return { phase, effects: [] };
  const { session } = phase;
  const { now } = terms;
  if (now >= session.expiresAt) {
    return {
      phase: { kind: "expired", role: session.role, expiredAt: session.expiresAt },
      effects: [],
    };
  }
  const effects: Effect[] = [];
  let { renewal } = phase;
  if (!isAssuming && isPast(renewal.nextAt, now)) {
    renewal = renewalBegun(renewal);
    effects.push("renew");
  }
  if (isPast(warningDueAt(renewal), now)) {
    renewal = renewalTold(renewal);
    effects.push("warn");
  }
  const kind = now >= session.expiresAt - expiringMs ? "expiring" : "active";
  return { phase: { kind, session, renewal }, effects };
}

function isPast(time: number | undefined, now: number): boolean {
  return time !== undefined && now >= time;
}

function withSession(session: Session, terms: RenewalTerms): SessionPhase {
  return { kind: "active", session, renewal: firstRenewal(session, terms) };
}

function withRenewal(phase: Phase, change: (renewal: Renewal, session: Session) => Renewal): Phase {
  if (!("session" in phase)) return phase;
  return { ...phase, renewal: change(phase.renewal, phase.session) };
}

function interrupted(phase: Phase, terms: RenewalTerms): Phase {
  return withRenewal(phase, (renewal) => renewalInterrupted(renewal, terms));
}

type RenewalEvent = Extract<
  SessionEvent,
  { readonly kind: "renewal-delayed" | "renewal-blocked" | "renewal-anew" | "remind" }
>;

function renewalAfter(
  event: RenewalEvent,
  terms: RenewalTerms,
): (renewal: Renewal, session: Session) => Renewal {
  switch (event.kind) {
    case "renewal-delayed":
      return (renewal) => renewalDelayed(renewal, terms);
    case "renewal-blocked":
      return (renewal) => renewalBlocked(renewal, event.obstacle);
    case "renewal-anew":
      return (renewal, session) => renewalAnew(renewal, session, terms);
    case "remind":
      return (renewal, session) => renewalReminder(renewal, session, terms);
  }
}

/** Whoever came too late brings nothing: the session that there was is over, or another one is there. */
function renewed(phase: Phase, session: Session, terms: RenewalTerms): Phase {
  return "session" in phase ? withSession(session, terms) : phase;
}

function foundExpired(
  phase: Phase,
  { role, expiredAt }: Extract<SessionEvent, { readonly kind: "found-expired" }>,
): Phase {
  return phase.kind === "none" ? { kind: "expired", role, expiredAt } : phase;
}

/** A refusal leaves a session that is there alone, and an expired one denied: nobody falls back. */
function afterRefusal(phase: Phase, role: Role, explanation: Explanation): Phase {
  return phase.kind === "none" || phase.kind === "failed"
    ? { kind: "failed", role, explanation }
    : phase;
}
