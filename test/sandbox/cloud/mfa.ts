import { accessDenied } from "../awsError.ts";
import { codeOfStep, totpStep } from "../totp.ts";
import type { Principal } from "./principal.ts";

export interface MfaProof {
  readonly serial: string;
  readonly code: string;
}

/** Checks MFA codes, and remembers those that were used: AWS accepts each only once. */
export class MfaCodes {
  /** Device serial → steps whose code was accepted. */
  readonly #used = new Map<string, readonly number[]>();

  /** Accepts the code of the current step and of its two neighbours, or throws `AccessDenied`. */
  accept(principal: Principal, proof: MfaProof, nowMs: number): void {
    const devices = principal.kind === "user" ? (principal.user.mfaDevices ?? []) : [];
    const device = devices.find((candidate) => candidate.serial === proof.serial);
    if (device === undefined) {
      throw accessDenied(
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
      );
    }
    const current = totpStep(nowMs);
    const used = this.#used.get(device.serial) ?? [];
    const step = [current, current - 1, current + 1].find(
      (candidate) =>
        !used.includes(candidate) && codeOfStep(device.secret, candidate) === proof.code,
    );
    if (step === undefined) {
      throw accessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
    }
    this.#used.set(device.serial, [...used, step]);
  }
}
