import { nameOfBase } from "../aws/chain/base.ts";
import type { AssumeRoleStep } from "../aws/chain/step.ts";
import type { Explanation } from "../aws/explain/explanation.ts";
import { accountOf, type Role, shownName, targetOf } from "../aws/role/role.ts";
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
        text: `$(key) ${shownName(state.role)}: expired`,
        tooltip: `The session of ${titleOf(state.role)} ended at ${timeOfDay(state.expiredAt)}.\n\nNew terminals are denied access until you renew, switch or drop the role.`,
        label: `AWS role ${shownName(state.role)}: the session has expired, access is denied`,
        background: "error",
      };
    case "failed":
      return {
        text: `$(key) ${shownName(state.role)}: not assumed`,
        tooltip: failureTooltip(state.role, state.explanation),
        label: `AWS role ${shownName(state.role)} was not assumed`,
        background: "error",
      };
  }
}

function assumingView(role: Role): StatusBarView {
  return {
    text: `$(loading~spin) Assuming ${shownName(role)}…`,
    tooltip: `Assuming ${titleOf(role)}`,
    label: `AWS: assuming the role ${shownName(role)}`,
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
  const name = shownName(session.role);
  const icon = session.role.readOnly ? "$(eye)" : "$(key)";
  return {
    text: `${icon} ${name} (${account}) ${time}`,
    tooltip: sessionTooltip(session),
    label: `AWS role ${name} in account ${account}, ${focused ? timeLeftWords(left) : time}`,
    ...(isExpiring && { background: "warning" as const }),
    ...(focused && { changesAt: now + timeLeftTextStaysMs(left) }),
  };
}

/** Everything about a session that isn't secret. */
export function sessionTooltip({ role, plan, assumedRoleArn, expiresAt }: Session): string {
  const step = plan.steps.at(-1);
  const lines: readonly (readonly [string, string | undefined])[] = [
    ["Role", targetOf(role)],
    ["Account", accountOf(role)],
    ["Region", plan.region ?? `none named; STS in ${plan.stsRegion}`],
    ["From", chainText(plan.base, plan.steps)],
    ["Session name", step?.sessionName ?? assumedRoleArn],
    ["Source identity", step?.sourceIdentity],
    ["Session tags", step?.tags?.map(({ key, value }) => `${key}=${value}`).join(", ")],
    ["Session policies", policiesText(step)],
    ["Duration", durationText(step)],
    [
      "Ends",
      new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" }).format(
        expiresAt,
      ),
    ],
    ["Injected", "environment of new terminals"],
  ];
  const rows = lines.flatMap(([name, value]) =>
    value ? [`| **${name}** | ${escapeMarkdown(value)} |`] : [],
  );
  return [`**${escapeMarkdown(role.name)}**`, "", "| | |", "|:--|:--|", ...rows].join("\n");
}

function policiesText(step: AssumeRoleStep | undefined): string | undefined {
  return [...(step?.policyArns ?? []), ...(step?.policy ? ["inline"] : [])].join(", ");
}

function durationText(step: AssumeRoleStep | undefined): string | undefined {
  const asked = step?.cappedFromSeconds;
  if (asked === undefined) return undefined;
  return `1 hour instead of the ${timeLeftText(asked * 1000)} asked for: the most for a role assumed through another`;
}

function chainText(base: Session["plan"]["base"], steps: Session["plan"]["steps"]): string {
  const through = steps.slice(0, -1).map(({ roleArn }) => roleArn);
  return [nameOfBase(base), ...through].join(" → ");
}

function failureTooltip(role: Role, { what, why, fix }: Explanation): string {
  const reason = [what, why, fix].map(escapeMarkdown).join(" ");
  return `${titleOf(role)} was not assumed. Nothing was given to the terminals.\n\n${reason}`;
}

function titleOf(role: Role): string {
  return `**${escapeMarkdown(role.name)}** (${escapeMarkdown(targetOf(role))})`;
}

/** What Markdown, tables and VS Code's `$(icons)` would take for their own. */
function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]()#+!|<>$~-]/g, "\\$&");
}
