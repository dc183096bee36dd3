import { createHmac } from "node:crypto";

const STEP_MS = 30_000;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * The six-digit code that an authenticator shows at a moment (RFC 6238 with SHA-1 and steps of 30 s, which AWS uses).
 * @param secret base 32
 * @param nowMs milliseconds since the epoch
 */
export function totp(secret: string, nowMs: number): string {
  return codeOfStep(secret, totpStep(nowMs));
}

/** The number of the 30-second step that a moment lies in. */
export function totpStep(nowMs: number): number {
  return Math.floor(nowMs / STEP_MS);
}

/** The code of one step (RFC 4226 §5.3). */
export function codeOfStep(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", decodeBase32(secret)).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, "0");
}

function decodeBase32(text: string): Buffer {
  const bits = [...text.toUpperCase().replace(/[\s=]/g, "")]
    .map((character) => {
      const value = BASE32.indexOf(character);
      if (value < 0) {
        throw new RangeError("A TOTP secret consists of the letters A-Z and the digits 2-7.");
      }
      return value.toString(2).padStart(5, "0");
    })
    .join("");
  const octets = bits.match(/.{8}/g) ?? [];
  return Buffer.from(octets.map((octet) => Number.parseInt(octet, 2)));
}
