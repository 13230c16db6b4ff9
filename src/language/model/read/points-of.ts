/** Variation points out of the syntax: `strategies: { combination: { largest: 'The larger one counts.', sum: 'Both count.' } }`. */
import type { VariationPoint } from '#kernel';
import type { Context } from './definition.ts';
import { membersOf, objectIn, textIn, type Members } from './literal.ts';

const NAME = /^[a-z][a-zA-Z0-9]{0,39}(?:-[a-zA-Z0-9]{1,39})*$/;
const most = { points: 8, strategies: 16, meaning: 400 };

export function pointsOf(members: Members, { report }: Context): readonly VariationPoint[] {
  const node = objectIn(members, 'strategies', report);
  if (node === undefined) return [];
  const points: VariationPoint[] = [];
  for (const member of membersOf(node, report).values()) {
    if (!/^[a-z][a-zA-Z0-9]{0,39}$/.test(member.name))
      report(member.start, `a variation point is a camelCase word, not ${member.name.slice(0, 60)}`);
    if (member.value.type !== 'ObjectExpression') {
      report(
        member.value.start,
        "a variation point is { largest: 'The larger one counts.', sum: 'Both count.' }: names, and what each means",
      );
      continue;
    }
    const ways = membersOf(member.value, report);
    const strategies = [...ways.values()].flatMap(({ name, start }) => {
      const meaning = textIn(ways, name, report);
      if (!NAME.test(name)) report(start, `a strategy is called by small letters, digits and -, not ${name.slice(0, 60)}`);
      if (meaning === undefined || meaning.trim() === '' || meaning.length > most.meaning) {
        report(start, `say in at most ${most.meaning} characters what ${name.slice(0, 60)} means`);
        return [];
      }
      return [{ name, meaning }];
    });
    if (ways.size < 2 || ways.size > most.strategies) report(member.start, `a variation point has 2 to ${most.strategies} strategies`);
    else points.push({ name: member.name, strategies });
  }
  if (points.length > most.points) report(node.start, `at most ${most.points} variation points stand in one component`);
  return points;
}
