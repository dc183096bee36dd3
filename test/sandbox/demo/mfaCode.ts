import { DEMO, totp } from "../index.ts";

// What the MFA device of the demo's user shows right now.
console.log(totp(DEMO.mfaSecret, Date.now()));
