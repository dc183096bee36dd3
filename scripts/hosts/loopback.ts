import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { ProcessGroup } from "./processGroup.ts";

/** A port of 127.0.0.1 that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/**
 * Waits until the program answers HTTP requests at the address.
 * @throws an Error if it ends first, or has not answered in time.
 */
export async function untilServing(
  url: string,
  server: ProcessGroup,
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (server.hasEnded) throw new Error(`The program that should serve ${url} has ended.`);
    if (await answers(url)) return;
    await delay(100);
  }
  throw new Error(`Nothing answers at ${url} after ${timeoutMs / 1000} s.`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
