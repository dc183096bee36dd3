import { nameOfBase } from "../aws/base.ts";
import { accountOf, type Role } from "../aws/role.ts";
import type { Session } from "../session/session.ts";
import type { SessionState } from "../session/state.ts";
import { timeLeftText, timeLeftTextStaysMs, timeLeftWords, timeOfDay } from "./timeText.ts";

/** What the status bar item shows. */
export interface StatusBarView {
  readonly text: string;
  /** Markdown; values from outside are escaped in it. */
  readonly tooltip: string;
  /** Words for a screen reader. */
  readonly label: string;
  readonly background?: "error" | "warning";
  /** When the text is out of date by time alone. Epoch ms. */
  readonly changesAt?: number;
}

/**
 * The status bar for a state. A window that isn't in focus shows until when, which stays true by
 * itself, instead of how long, so that it needs no timer.
 */
export function statusBarView(state: SessionState, now: number, focused: boolean): StatusBarView {
  if (state.assuming) return assumingView(state.assuming);
  switch (state.kind) {
    case "none":
      return {
        text: "$(key) Assume Role",
        tooltip: "Assume an AWS role for the terminals of this window",
        label: "AWS: no role. Assume one.",
      };
    case "active":
    case "expiring":
      return sessionView(state.session, state.kind === "expiring", now, focused);
    case "expired":
      return {
        text: `$(key) ${state.role.name}: expired`,
        tooltip: `The session of ${titleOf(state.role)} ended at ${timeOfDay(state.expiredAt)}.\n\nNew terminals are denied access until you renew, switch or drop the role.`,
        label: `AWS role ${state.role.name}: the session has expired, access is denied`,
        background: "error",
      };
    case "failed":
      return {
        text: `$(key) ${state.role.name}: not assumed`,
        tooltip: `${titleOf(state.role)} was not assumed. Nothing was given to the terminals.`,
        label: `AWS role ${state.role.name} was not assumed`,
        background: "error",
      };
  }
}

function assumingView(role: Role): StatusBarView {
  return {
    text: `$(loading~spin) Assuming ${role.name}…`,
    tooltip: `Assuming ${titleOf(role)}`,
    label: `AWS: assuming the role ${role.name}`,
  };
}

function sessionView(
  session: Session,
  isExpiring: boolean,
  now: number,
  focused: boolean,
): StatusBarView {
  const left = session.expiresAt - now;
  const time = focused ? timeLeftText(left) : `until ${timeOfDay(session.expiresAt)}`;
  const account = accountOf(session.role);
  return {
    text: `$(key) ${session.role.name} (${account}) ${time}`,
    tooltip: sessionTooltip(session),
    label: `AWS role ${session.role.name} in account ${account}, ${focused ? timeLeftWords(left) : time}`,
    ...(isExpiring && { background: "warning" as const }),
    ...(focused && { changesAt: now + timeLeftTextStaysMs(left) }),
  };
}

/** Everything about a session that isn't secret. */
export function sessionTooltip({ role, plan, assumedRoleArn, expiresAt }: Session): string {
  const lines: readonly (readonly [string, string])[] = [
    ["Role", role.roleArn],
    ["Account", accountOf(role)],
    ["Region", plan.region ?? `none named; STS in ${plan.stsRegion}`],
    ["From", chainText(plan.base, plan.steps)],
    ["Session name", plan.steps.at(-1)?.sessionName ?? assumedRoleArn],
    [
      "Ends",
      new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" }).format(
        expiresAt,
      ),
    ],
    ["Injected", "environment of new terminals"],
  ];
  const rows = lines.map(([name, value]) => `| **${name}** | ${escapeMarkdown(value)} |`);
  return [`**${escapeMarkdown(role.name)}**`, "", "| | |", "|:--|:--|", ...rows].join("\n");
}

function chainText(base: Session["plan"]["base"], steps: Session["plan"]["steps"]): string {
  const through = steps.slice(0, -1).map(({ roleArn }) => roleArn);
  return [nameOfBase(base), ...through].join(" → ");
}

function titleOf(role: Role): string {
  return `**${escapeMarkdown(role.name)}** (${escapeMarkdown(role.roleArn)})`;
}

/** What Markdown, tables and VS Code's `$(icons)` would take for their own. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>$~-]/g, "\\$&");
}
