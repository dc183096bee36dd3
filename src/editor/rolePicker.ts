import * as vscode from "vscode";
import { parseRoleArn } from "../aws/role/arn.ts";
import { type Role, roleId, shownName } from "../aws/role/role.ts";

/** Roles by where they come from, in the order in which they are shown. */
export interface RoleGroups {
  readonly recent: readonly Role[];
  readonly profiles: readonly Role[];
  readonly settings: readonly Role[];
}

type RoleItem = vscode.QuickPickItem & { readonly role?: Role };

const enterArnItem: RoleItem = {
  label: "$(edit) Enter a role ARN…",
  alwaysShow: true,
};

/** Lets the user pick a role. `"enter-arn"` if they want to type one, `undefined` if none. */
export async function pickRole(
  groups: RoleGroups,
  title: string,
): Promise<Role | "enter-arn" | undefined> {
  const items = itemsOf(groups);
  const isEmpty = items.length === 1;
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: isEmpty
      ? "No profile of your AWS config names a role yet: enter the ARN of one"
      : "Type to filter on name, account, role or region",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked && (picked.role ?? "enter-arn");
}

function itemsOf({ recent, profiles, settings }: RoleGroups): RoleItem[] {
  const shown = new Set(recent.map(roleId));
  const rest = (roles: readonly Role[]): Role[] => roles.filter((role) => !shown.has(roleId(role)));
  return [
    ...group("recent", recent),
    ...group("profiles", rest(profiles)),
    ...group("settings", rest(settings)),
    enterArnItem,
  ];
}

function group(label: string, roles: readonly Role[]): RoleItem[] {
  if (roles.length === 0) return [];
  return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...roles.map(itemOf)];
}

function itemOf(role: Role): RoleItem {
  const arn = parseRoleArn(role.roleArn);
  const description = arn
    ? [arn.account, arn.path.slice(1) + arn.name, role.region]
    : [role.roleArn];
  return { label: shownName(role), description: description.filter(Boolean).join(" · "), role };
}
