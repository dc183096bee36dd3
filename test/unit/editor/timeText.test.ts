import assert from "node:assert/strict";
import { timeLeftText, timeLeftTextStaysMs, timeLeftWords } from "../../../src/editor/timeText.ts";

const minuteMs = 60_000;

describe("time left", () => {
  it("is hours and minutes, minutes, and seconds in the last minute", () => {
    const texts = [
      72 * minuteMs,
      60 * minuteMs,
      59 * minuteMs + 59_999,
      minuteMs,
      59_999,
      999,
      0,
      -5,
    ];
    assert.deepEqual(texts.map(timeLeftText), [
      "1h 12m",
      "1h 0m",
      "59m",
      "1m",
      "59s",
      "0s",
      "0s",
      "0s",
    ]);
  });

  it("is in words for a screen reader, without seconds", () => {
    const texts = [61 * minuteMs, 120 * minuteMs, 12 * minuteMs, minuteMs, 59_999];
    assert.deepEqual(texts.map(timeLeftWords), [
      "1 hour 1 minute left",
      "2 hours left",
      "12 minutes left",
      "1 minute left",
      "less than a minute left",
    ]);
  });

  it("is looked at again exactly when its text changes, and not before", () => {
    for (let left = 1; left < 2 * 60 * minuteMs; left += 997) {
      const stays = timeLeftTextStaysMs(left);
      assert.equal(timeLeftText(left - stays + 1), timeLeftText(left), `${left}: too late`);
      if (left >= 1000) {
        assert.notEqual(timeLeftText(left - stays), timeLeftText(left), `${left}: too early`);
      }
    }
  });

  it("wakes nobody more than once a minute above a minute", () => {
    assert.equal(timeLeftTextStaysMs(10 * minuteMs - 1), minuteMs);
  });
});
