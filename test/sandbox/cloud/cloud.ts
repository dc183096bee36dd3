import type { SandboxClock } from "../clock.ts";
import { SignIns } from "../sso/signIns.ts";
import type { World } from "../world.ts";
import { AuthorizationMessages } from "./authorizationMessages.ts";
import { Directory } from "./directory.ts";
import { MfaCodes } from "./mfa.ts";
import { Sessions } from "./sessions.ts";

/** The state that all simulated services share. */
export interface Cloud {
  readonly clock: SandboxClock;
  readonly directory: Directory;
  readonly sessions: Sessions;
  readonly mfaCodes: MfaCodes;
  readonly authorizationMessages: AuthorizationMessages;
  readonly signIns: SignIns;
}

export function createCloud(world: World, clock: SandboxClock): Cloud {
  return {
    clock,
    directory: new Directory(world),
    sessions: new Sessions(),
    mfaCodes: new MfaCodes(),
    authorizationMessages: new AuthorizationMessages(),
    signIns: new SignIns(world.identityCenters ?? [], clock),
  };
}
