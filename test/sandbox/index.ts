export { AwsError } from "./awsError.ts";
export { CANARY } from "./canary.ts";
export { runningClock, type SandboxClock, stoppedClock } from "./clock.ts";
export { DEMO, demoWorld } from "./demoWorld.ts";
export type { Fault, FaultScope, Faults } from "./faults.ts";
export type { RecordedRequest } from "./requests.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
export { totp } from "./totp.ts";
export type * from "./world.ts";
