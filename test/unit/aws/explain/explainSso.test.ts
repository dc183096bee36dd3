import assert from "node:assert/strict";
import { explainSso } from "../../../../src/aws/explain/explainSso.ts";

/** All that the references of SSO OIDC and of the access portal list. */
const listed = [
  "AccessDeniedException",
  "ExpiredTokenException",
  "ForbiddenException",
  "InternalServerException",
  "InvalidClientException",
  "InvalidClientMetadataException",
  "InvalidGrantException",
  "InvalidRedirectUriException",
  "InvalidRequestException",
  "InvalidRequestRegionException",
  "InvalidScopeException",
  "ResourceNotFoundException",
  "SlowDownException",
  "TooManyRequestsException",
  "UnauthorizedClientException",
  "UnauthorizedException",
  "UnsupportedGrantTypeException",
];

describe("explaining what IAM Identity Center answers", () => {
  for (const code of listed) {
    it(`knows ${code}`, () => {
      const { why, fix } = explainSso({ code, message: "In AWS's words" });
      assert.match(why, /^[A-Z].*\. In AWS's words\.$/);
      assert.match(fix, /^[A-Z].*\.$/);
      assert.doesNotMatch(fix, /log/);
    });
  }

  it("tells the code of what it doesn't know, and where there is more", () => {
    const { why, fix } = explainSso({ code: "Odd", message: "" });
    assert.match(why, /\(Odd\)\.$/);
    assert.match(fix, /See the log/);
  });
});
