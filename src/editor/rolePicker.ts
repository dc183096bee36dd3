import { basename } from "node:path";
import * as vscode from "vscode";
import type { PlanProblem } from "../aws/chain/planProblem.ts";
import type { ConfigProblem } from "../aws/config/diagnose.ts";
import type { FileLine } from "../aws/config/locate.ts";
import { parseRoleArn } from "../aws/role/arn.ts";
import { type Role, roleId, shownName } from "../aws/role/role.ts";
import type { SsoSession } from "../aws/sso/session.ts";

/** Roles by where they come from, in the order in which they are shown, and what is beside them. */
export interface RoleGroups {
  readonly recent: readonly Role[];
  readonly profiles: readonly Role[];
  readonly settings: readonly Role[];
  /** By IAM Identity Center. */
  readonly offered: readonly Role[];
  /** Sign-ins whose roles are not known yet. */
  readonly signIns: readonly SsoSession[];
  /** Why a role can't be assumed as it is written down, by the role's id. */
  readonly broken: ReadonlyMap<string, PlanProblem>;
  /** What is wrong with the config files themselves. */
  readonly problems: readonly ConfigProblem[];
}

/** What the user picked. */
export type Pick =
  | { readonly kind: "role"; readonly role: Role }
  | { readonly kind: "broken-role"; readonly problem: PlanProblem; readonly role: Role }
  | { readonly kind: "enter-arn" }
  | { readonly kind: "sign-in"; readonly session: SsoSession }
  | { readonly kind: "open"; readonly place: FileLine };

type RoleItem = vscode.QuickPickItem & { readonly pick?: Pick };

/** Lets the user pick a role, or what leads to one. The list opens at once, and fills when it can. */
export async function pickRole(
  groups: Promise<RoleGroups>,
  title: string,
): Promise<Pick | undefined> {
  const picked = await vscode.window.showQuickPick<RoleItem>(groups.then(itemsOf), {
    title,
    placeHolder: "Type to filter on name, account, role or region",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.pick;
}

function itemsOf(groups: RoleGroups): readonly RoleItem[] {
  const { recent, profiles, settings, offered, signIns, broken, problems } = groups;
  const shown = new Set(recent.map(roleId));
  const rest = (roles: readonly Role[]): RoleItem[] =>
    roles.filter((role) => !shown.has(roleId(role))).map((role) => itemOf(role, broken));
  const hasRoles = [recent, profiles, settings, offered].some((roles) => roles.length > 0);
  return [
    ...group(
      "recent",
      recent.map((role) => itemOf(role, broken)),
    ),
    ...group("profiles", rest(profiles)),
    ...group("settings", rest(settings)),
    ...group("IAM Identity Center", [...rest(offered), ...signIns.map(signInItem)]),
    ...group("problems in the config files", problems.map(problemItem)),
    {
      label: "$(edit) Enter a role ARN…",
      ...(!hasRoles && { detail: "No profile of your AWS config names a role yet" }),
      alwaysShow: true,
      pick: { kind: "enter-arn" },
    },
  ];
}

function group(label: string, items: readonly RoleItem[]): RoleItem[] {
  if (items.length === 0) return [];
  return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function itemOf(role: Role, broken: RoleGroups["broken"]): RoleItem {
  const description = descriptionOf(role).filter(Boolean).join(" · ");
  const problem = broken.get(roleId(role));
  if (problem === undefined) {
    return { label: shownName(role), description, pick: { kind: "role", role } };
  }
  return {
    label: `$(circle-slash) ${shownName(role)}`,
    description,
    detail: problem.message,
    pick: { kind: "broken-role", problem, role },
  };
}

function descriptionOf({ permissionSet, region, roleArn = "" }: Role): (string | undefined)[] {
  if (permissionSet) return [permissionSet.accountId, permissionSet.name, region];
  const arn = parseRoleArn(roleArn);
  return arn ? [arn.account, arn.path.slice(1) + arn.name, region] : [roleArn];
}

function signInItem(session: SsoSession): RoleItem {
  return {
    label: `$(sign-in) Sign in to ${session.name}…`,
    description: "to see the roles that it offers",
    pick: { kind: "sign-in", session },
  };
}

function problemItem({ place, message }: ConfigProblem): RoleItem {
  return {
    label: `$(warning) ${basename(place.file)}, line ${place.line}`,
    detail: message,
    pick: { kind: "open", place },
  };
}
