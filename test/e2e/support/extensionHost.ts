import { readdirSync, readFileSync } from "node:fs";

/** The process ids of the extension hosts that run with a HOME, newest last. Linux only. */
export function extensionHostsOf(home: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(pid, "cmdline").includes("--type=extensionHost"))
    .filter((pid) => read(pid, "environ").split("\0").includes(`HOME=${home}`))
    .map(Number)
    .sort((a, b) => a - b);
}

/** Empty for a process that has ended meanwhile. */
function read(pid: string, name: "cmdline" | "environ"): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}
