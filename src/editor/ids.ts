/** The ids of the commands, as package.json contributes them. */
export const commandIds = {
  assumeRole: "awsAssumeRole.assumeRole",
  assumeRoleReadOnly: "awsAssumeRole.assumeRoleReadOnly",
  renewSession: "awsAssumeRole.renewSession",
  dropRole: "awsAssumeRole.dropRole",
  dropRoleEverywhere: "awsAssumeRole.dropRoleEverywhere",
  forgetAll: "awsAssumeRole.forgetAll",
  openConsole: "awsAssumeRole.openConsole",
  copyCredentials: "awsAssumeRole.copyCredentials",
  showSession: "awsAssumeRole.showSession",
  decodeMessage: "awsAssumeRole.decodeAuthorizationMessage",
  showLog: "awsAssumeRole.showLog",
} as const;

/** The id of the status bar item, under which VS Code remembers that a user hid it. */
export const statusBarItemId = "session";

/** The context key that tells `when` clauses the kind of the session's state. */
export const sessionContextKey = "awsAssumeRole.session";
