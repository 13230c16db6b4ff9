/** `policy.assurance` of theseus.json: what being proved, wide or left open makes of a change's class. What is not said is the default. */
import { type AssurancePolicy, defaultAssurance } from '#kernel';

export function assuranceOf(json: unknown, problem: (member: string, message: string) => void): AssurancePolicy {
  const given: { readonly [name: string]: unknown } = typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : {};
  const { lowerProven, raiseOpen, wide, wideRegion } = { ...defaultAssurance, ...given };
  const known =
    Object.keys(given).every((name) => Object.hasOwn(defaultAssurance, name)) && !Array.isArray(json) && typeof json === 'object';
  if (
    !known ||
    json === null ||
    typeof lowerProven !== 'boolean' ||
    typeof raiseOpen !== 'boolean' ||
    !isWhole(wide, 10_000) ||
    !isWhole(wideRegion, 100)
  ) {
    problem(
      'assurance',
      'assurance must be { "lowerProven": false, "raiseOpen": true, "wide": 12, "wideRegion": 80 }: whether what is proved and narrow is asked for as a class lower, what leaves something unknown as a class higher, and above how many components a change is wide (1 to 10000), and from which share of the rows a region is wide that the author of the code states, in percent (1 to 100)',
    );
    return defaultAssurance;
  }
  return { lowerProven, raiseOpen, wide, wideRegion };
}
const isWhole = (value: unknown, most: number): value is number => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most;
