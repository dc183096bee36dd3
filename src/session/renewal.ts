import type { Session } from "./session.ts";

/** What is done about a session's end before it comes. */
export type RenewalPolicy = "automatic" | "ask" | "never";

/** What decides about renewals, apart from the session itself. */
export interface RenewalTerms {
  /** Epoch ms. */
  readonly now: number;
  readonly policy: RenewalPolicy;
  /** How long before the end the user is told that nothing will renew the session. Ms; 0 is never. */
  readonly warningMs: number;
  /** From 0 to 1: two windows don't renew at the same time. */
  readonly jitter: number;
}

/** Why a session can't be renewed without the user. */
export type Obstacle = "needs-user" | "refused";

/** How things stand with the next session of the same role. */
export interface Renewal {
  /** When a silent attempt is due; none if there is no point in one. Epoch ms. */
  readonly nextAt?: number;
  readonly isUnderWay: boolean;
  /** How many silent attempts in a row failed by what may pass. */
  readonly failures: number;
  readonly obstacle?: Obstacle;
  /** When the user is told, if nothing will renew the session. Epoch ms. */
  readonly warnAt?: number;
  /** Whether they were: never twice for one end, unless they wish so. */
  readonly isTold: boolean;
}

/**
 * The SDKs refresh what has less than 5 to 15 minutes left, so credentials are renewed with a bit
 * more than that. Ms.
 */
const longestLeadMs = 17 * 60_000;

/** A session too short for the whole lead is renewed when this part of it is left. */
const leadShare = 1 / 3;

/** The wait after the first attempt that failed by what may pass; doubled for each more. Ms. */
const firstWaitMs = 15_000;
const longestWaitMs = 5 * 60_000;

const fresh: Renewal = { isUnderWay: false, failures: 0, isTold: false };

/** How a new session stands. */
export function firstRenewal(session: Session, terms: RenewalTerms): Renewal {
  return withWarning(scheduled(fresh, session, terms), session, terms);
}

/** After the user changed what they want, or what stood in the way is gone. */
export function renewalAnew({ isTold }: Renewal, session: Session, terms: RenewalTerms): Renewal {
  return { ...firstRenewal(session, terms), isTold };
}

/** A silent attempt has begun. */
export function renewalBegun({ nextAt: _, ...renewal }: Renewal): Renewal {
  return { ...renewal, isUnderWay: true };
}

/** The silent attempt was given up for something that the user does; it is made again after that. */
export function renewalInterrupted(renewal: Renewal, terms: RenewalTerms): Renewal {
  return renewal.isUnderWay ? { ...renewal, isUnderWay: false, nextAt: terms.now } : renewal;
}

/** A silent attempt failed by what may pass, such as a network that is away. */
export function renewalDelayed(renewal: Renewal, terms: RenewalTerms): Renewal {
  const failures = renewal.failures + 1;
  const wait = Math.min(firstWaitMs * 2 ** (failures - 1), longestWaitMs);
  const nextAt = terms.now + wait * (1 + terms.jitter / 4);
  return { ...renewal, isUnderWay: false, failures, nextAt };
}

/** A silent attempt can't succeed. */
export function renewalBlocked({ nextAt: _, ...renewal }: Renewal, obstacle: Obstacle): Renewal {
  return { ...renewal, isUnderWay: false, obstacle };
}

/** The user was told. */
export function renewalTold(renewal: Renewal): Renewal {
  return { ...renewal, isTold: true };
}

/** The user wants to be told once more: when half of what is left has passed. */
export function renewalReminder(
  renewal: Renewal,
  { expiresAt }: Session,
  { now }: RenewalTerms,
): Renewal {
  return { ...renewal, isTold: false, warnAt: now + (expiresAt - now) / 2 };
}

/** When the user is to be told, if as things stand nothing will renew the session. */
export function warningDueAt({
  warnAt,
  nextAt,
  isUnderWay,
  failures,
  isTold,
}: Renewal): number | undefined {
  const renewsByItself = (nextAt !== undefined || isUnderWay) && failures === 0;
  return renewsByItself || isTold ? undefined : warnAt;
}

function scheduled(renewal: Renewal, session: Session, terms: RenewalTerms): Renewal {
  if (terms.policy !== "automatic") return renewal;
  const { assumedAt, expiresAt } = session;
  const lead = Math.min(longestLeadMs, (expiresAt - assumedAt) * leadShare);
  const nextAt = Math.max(terms.now, expiresAt - lead * (1 + terms.jitter / 10));
  return { ...renewal, nextAt };
}

function withWarning(renewal: Renewal, { expiresAt }: Session, terms: RenewalTerms): Renewal {
  if (terms.policy === "never" || terms.warningMs <= 0) return renewal;
  return { ...renewal, warnAt: expiresAt - terms.warningMs };
}
