/**
 * A text that every secret of the sandbox contains: secret keys and session tokens, those of the demo world and those issued.
 * A test that finds it on disk has found a leak.
 */
export const CANARY = "CANARYkeepSecret";
