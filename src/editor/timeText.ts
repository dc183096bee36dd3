const minuteMs = 60_000;

/** Time left as the status bar shows it: `1h 12m`, `9m`, and `42s` in the last minute. */
export function timeLeftText(leftMs: number): string {
  if (leftMs < minuteMs) return `${Math.max(0, Math.floor(leftMs / 1000))}s`;
  const minutes = Math.floor(leftMs / minuteMs);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes}m` : `${hours}h ${minutes % 60}m`;
}

/** Time left in words, for a screen reader; it says no seconds, so that it rarely changes. */
export function timeLeftWords(leftMs: number): string {
  if (leftMs < minuteMs) return "less than a minute left";
  const minutes = Math.floor(leftMs / minuteMs);
  const parts = [count(Math.floor(minutes / 60), "hour"), count(minutes % 60, "minute")];
  return `${parts.filter((part) => part !== undefined).join(" ")} left`;
}

/** How long `timeLeftText` stays as it is. Ms. */
export function timeLeftTextStaysMs(leftMs: number): number {
  const unit = leftMs < minuteMs ? 1000 : minuteMs;
  return (leftMs % unit) + 1;
}

/** A time of day in the user's language and zone, as `14:32`. */
export function timeOfDay(epochMs: number): string {
  return new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }).format(epochMs);
}

function count(number: number, unit: string): string | undefined {
  return number === 0 ? undefined : `${number} ${unit}${number === 1 ? "" : "s"}`;
}
