/** By their names: a lazy bundle has classes of its own. `SignInNeeded` is Identity Center's. */
const names = ["NeedsUser", "SignInNeeded"];

/** Ends a silent attempt that can't go on without the user. */
export class NeedsUser extends Error {
  override readonly name = "NeedsUser";
}

export function isNeedsUser(thrown: unknown): boolean {
  return thrown instanceof Error && names.includes(thrown.name);
}
