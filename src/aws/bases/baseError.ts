/** Why a base gave no credentials, where that is known; `explainBase` has words for each. */
export type BaseProblem =
  | "BaseExpired"
  | "EnvironmentKeysMissing"
  | "EnvironmentKeysUnreadable"
  | "ImdsSwitchedOff"
  | "ImdsAddress"
  | "ImdsAbsent"
  | "ImdsDisabled"
  | "ImdsHopLimit"
  | "ImdsSilent"
  | "ImdsVersion1Only"
  | "ImdsNoRole"
  | "ImdsRoleProblem"
  | "ImdsFailing"
  | "ImdsRefused"
  | "ImdsUnreadable"
  | "ContainerAbsent"
  | "ContainerAddress"
  | "ContainerTokenFile"
  | "ContainerTokenRefused"
  | "ContainerNotReached"
  | "ContainerFailing"
  | "ContainerRefused"
  | "ContainerUnreadable"
  | "ProcessUntrusted"
  | "ProcessCommand"
  | "ProcessNotFound"
  | "ProcessNotRunnable"
  | "ProcessTimedOut"
  | "ProcessFailed"
  | "ProcessNotJson"
  | "ProcessVersion"
  | "ProcessIncomplete"
  | "TokenFileMissing"
  | "TokenFileEmpty"
  | "LoginMissing"
  | "LoginUnreadable"
  | "LoginExpired";

/** Thrown by a base that gives no credentials. Its message holds no secret. */
export class BaseError extends Error {
  /** The problem goes by the error's name, which is what `rawError` takes for the code. */
  override readonly name: BaseProblem;

  constructor(problem: BaseProblem, message: string) {
    super(message);
    this.name = problem;
  }
}
