/** The time the simulated AWS lives in: signatures, expiries, MFA codes and `Date` headers all follow it. */
export interface SandboxClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Jumps by this many milliseconds; negative values go back. */
  advance(ms: number): void;
  /** Jumps to this moment, in milliseconds since the epoch. */
  set(epochMs: number): void;
}

/** A clock that runs on from the present; `advance` and `set` shift it against the machine's time. */
export function runningClock(): SandboxClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (ms) => {
      offset += ms;
    },
    set: (epochMs) => {
      offset = epochMs - Date.now();
    },
  };
}

/** A clock that stands still until it is told to move. */
export function stoppedClock(epochMs: number): SandboxClock {
  let now = epochMs;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    set: (to) => {
      now = to;
    },
  };
}
