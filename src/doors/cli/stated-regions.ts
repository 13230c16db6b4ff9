/** For which rows a formula may give something else, as it stands on a command line or in the message of a commit: `rule/discount: order.total > money('500.00')`. */
import { Usage } from './failure.ts';

export type StatedRegions = { readonly [formula: string]: string };
const form = /^\s*((?:rule|entity)\/[A-Za-z0-9]+(?:#field\/[A-Za-z0-9]+)?)\s*:\s*(\S[\s\S]*)$/;

/** Undefined where nothing is stated. Throws `Usage` for what is none. */
export function statedRegions(lines: readonly string[]): StatedRegions | undefined {
  const stated = lines.map((line): readonly [string, string] => {
    const [, formula, region] = form.exec(line) ?? [];
    if (formula === undefined || region === undefined)
      throw new Usage(
        `A region is a formula and the condition of its rows: "rule/discount: order.total > money('500.00')", not ${JSON.stringify(line.slice(0, 100))}.`,
      );
    return [formula, region.trim()];
  });
  const twice = stated.find(([formula], at) => stated.findIndex(([other]) => other === formula) !== at);
  // Which of the two was meant is not ours to guess: the wider one would hold less than its author believes.
  if (twice !== undefined) throw new Usage(`Two regions are stated of ${twice[0]}. State one: "A || B" is either.`);
  return stated.length === 0 ? undefined : Object.fromEntries(stated);
}
export const regionOption: readonly [string, string, (line: string, lines: readonly string[]) => readonly string[], readonly string[]] = [
  '--region <formula: condition>',
  'for which rows a formula may give something else, all others being held to what they got; once for each formula',
  (line, lines) => [...lines, line],
  [],
];
