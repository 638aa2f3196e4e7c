/** The ruler's ticks: steps a person counts in, as many as have room, in seconds and later in minutes. */

export interface Tick {
  readonly seconds: number;
  readonly label: string;
}

const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 36_000, 86_400];

/** From here on a clock reads better than a number of seconds. */
const minutesFrom = 120;

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** Never more than a tick per `leastPx`; none at all where there is no length or no room. */
export function ticks(totalS: number, widthPx: number, leastPx = 48): readonly Tick[] {
  if (!(totalS > 0) || !(widthPx > 0) || !Number.isFinite(totalS)) return [];
  const least = (totalS * leastPx) / widthPx;
  const largest = steps.at(-1) ?? 86_400;
  const step = steps.find((each) => each >= least) ?? Math.ceil(least / largest) * largest;
  const isClock = totalS >= minutesFrom;
  const result: Tick[] = [];
  for (let count = 0; count * step <= totalS; count += 1) {
    const seconds = Number((count * step).toFixed(1));
    const label = count === 0 ? (isClock ? '0:00' : '0 s') : isClock ? clock(seconds) : String(seconds);
    result.push({ seconds, label });
  }
  return result;
}
