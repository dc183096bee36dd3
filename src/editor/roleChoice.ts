import * as vscode from "vscode";
import { isCancelled } from "../aws/calls/cancelled.ts";
import { rawError } from "../aws/calls/rawError.ts";
import { locateProfile } from "../aws/config/locate.ts";
import type { Environment, SharedConfig, SharedConfigReader } from "../aws/config/profiles.ts";
import { loadExecution, loadSdk } from "../aws/lazy/index.ts";
import { type Role, roleId, rolesOfProfiles } from "../aws/role/role.ts";
import type { SsoSession } from "../aws/sso/session.ts";
import { commandIds } from "./ids.ts";
import type { OfferedRoles } from "./offeredRoles.ts";
import { openAt } from "./openAt.ts";
import type { RecentRoles } from "./recentRoles.ts";
import { pickRole, type RoleGroups } from "./rolePicker.ts";
import { defaultSessionName, settingsRoles } from "./settings.ts";

/** Where the roles that can be chosen come from. */
export interface RoleChoicePorts {
  readonly config: SharedConfigReader;
  readonly environment: Environment;
  readonly recent: RecentRoles;
  readonly offered: OfferedRoles;
}

/** Lets the user choose a role from all that there are. `undefined` if none is to be assumed. */
export async function chooseRole(ports: RoleChoicePorts, title: string): Promise<Role | undefined> {
  const config = await ports.config.read();
  const picking = pickRole(roleGroups(config, ports), title);
  // Loading takes some 50 ms, which pass while the user reads.
  void loadSdk();
  void ports.offered.refresh(config);
  const picked = await picking;
  switch (picked?.kind) {
    case undefined:
      return undefined;
    case "role":
      return picked.role;
    case "enter-arn": {
      const { promptForRole } = await import("./lazyCommands.ts");
      return promptForRole(defaultSessionName(), [...config.profiles.keys()]);
    }
    case "sign-in": {
      const isListed = await listOffered(picked.session, config, ports.offered);
      return isListed ? chooseRole(ports, title) : undefined;
    }
    case "open":
      await openAt(picked.place);
      return undefined;
    case "broken-role": {
      const { profile, key } = picked.problem;
      const place = profile && (await locateProfile(config.files, profile, key));
      // What stands in no file is explained by the attempt.
      if (!place) return picked.role;
      await openAt(place);
      return undefined;
    }
  }
}

async function roleGroups(
  config: SharedConfig,
  { environment, recent, offered }: RoleChoicePorts,
): Promise<RoleGroups> {
  const { diagnoseConfig, planChain } = await loadExecution();
  const profiles = rolesOfProfiles(config);
  const settings = settingsRoles();
  const ofSignIns = offered.among(config);
  const context = { config, environment, sessionName: defaultSessionName() };
  const broken = [...profiles, ...settings].flatMap((role) => {
    const { problem } = planChain(role, context);
    return problem ? [[roleId(role), problem] as const] : [];
  });
  return {
    recent: recent.among([...profiles, ...settings, ...ofSignIns]),
    profiles,
    settings,
    offered: ofSignIns,
    signIns: offered.unlisted(config),
    broken: new Map(broken),
    problems: await diagnoseConfig(config.files),
  };
}

/** Signs in where need be, and lists what the sign-in offers; whether that succeeded. */
async function listOffered(
  session: SsoSession,
  config: SharedConfig,
  offered: OfferedRoles,
): Promise<boolean> {
  const progress = {
    location: vscode.ProgressLocation.Window,
    title: `AWS: listing the roles of ${session.name}`,
  };
  try {
    await vscode.window.withProgress(progress, () => offered.list(session, config));
    return true;
  } catch (error) {
    if (!isCancelled(error)) await showRefusal(session, error);
    return false;
  }
}

async function showRefusal(session: SsoSession, error: unknown): Promise<void> {
  const { explainSso } = await loadExecution();
  const { why, fix } = explainSso(rawError(error));
  const showLog = "Show Log";
  const message = `The roles of ${session.name} were not listed. ${why} ${fix}`;
  const chosen = await vscode.window.showErrorMessage(message, showLog);
  if (chosen === showLog) await vscode.commands.executeCommand(commandIds.showLog);
}
