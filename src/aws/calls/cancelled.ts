const name = "Cancelled";

/** Ends an attempt early: the user gave up. */
export class Cancelled extends Error {
  override readonly name = name;
}

/** By its name: a lazy bundle has a class of its own. */
export function isCancelled(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === name;
}
