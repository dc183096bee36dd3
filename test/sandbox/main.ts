import { parseArgs } from "node:util";
import { DEMO, demoWorld, startSandbox, totp } from "./index.ts";

const HELP = `Enter prints the MFA code of the moment (each works once), Ctrl+C stops.`;

/** Runs the demo world until it is told to stop, and says how to point the aws CLI at it. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
  const sandbox = await startSandbox({ world: demoWorld(), port: Number(values.port) });
  console.log(`Simulated AWS at ${sandbox.url}. In another terminal:

  export AWS_ENDPOINT_URL=${sandbox.url} AWS_DEFAULT_REGION=${DEMO.region}
  export AWS_ACCESS_KEY_ID=${DEMO.accessKeyId} AWS_SECRET_ACCESS_KEY=${DEMO.secretAccessKey}
  aws sts assume-role --role-session-name demo --role-arn ${DEMO.roles.readOnly}

Roles: ${Object.values(DEMO.roles).join("\n       ")}
MFA:   ${DEMO.mfaSerial}   External id: ${DEMO.externalId}
${HELP}`);
  process.stdin.on("data", () => console.log(totp(DEMO.mfaSecret, sandbox.clock.now())));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void sandbox.stop().then(() => process.stdin.pause()));
  }
}

await main();
