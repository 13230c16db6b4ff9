/** Whether a row of a table was found: `if (!rate) return ...`, `found ? found.percent : 0`, `found === undefined`. Where it was, its members are there. */
import type { Expression } from '#kernel';
import { booleanType } from '../value-type.ts';
import type { Data, Place } from './parsing.ts';
import { knowing, presentWhen } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, partOf, textIn, unwrapped } from './syntax.ts';
import { isValue, sure } from './tables.ts';

export interface Asked {
  readonly when: Expression;
  readonly yes: Place;
  readonly no: Place;
}

/** A condition, and what is known where it holds and where it does not. */
export function askedAt(test: Syntax, place: Place, condition: (at: Syntax, place: Place) => Expression): Asked {
  const found = place.data.size === 0 ? undefined : askedOfRow(unwrapped(test), place);
  if (found !== undefined) return found;
  const when = condition(test, place);
  return { when, yes: knowing(place, presentWhen(when, true)), no: knowing(place, presentWhen(when, false)) };
}

function askedOfRow(test: Syntax, place: Place): Asked | undefined {
  if (test.type === 'UnaryExpression' && textIn(test, 'operator') === '!')
    return turned(askedOfRow(unwrapped(partOf(test, 'argument')), place));
  if (test.type === 'BinaryExpression') {
    const operator = textIn(test, 'operator');
    if (operator !== '===' && operator !== '!==') return undefined;
    const [left, right] = [unwrapped(partOf(test, 'left')), unwrapped(partOf(test, 'right'))];
    if (identifierName(left) === undefined || identifierName(right) !== 'undefined') return undefined;
    const there = askedOfRow(left, place);
    return operator === '!==' ? there : turned(there);
  }
  const name = identifierName(test);
  const data = name === undefined ? undefined : place.data.get(name);
  if (name === undefined || data === undefined || isValue(data)) return undefined;
  const known = (as: Data): Place => ({ ...place, data: new Map(place.data).set(name, as) });
  return { when: whether(data), yes: known(sure(data)), no: known(null) };
}
const turned = (asked: Asked | undefined): Asked | undefined =>
  asked === undefined ? undefined : { when: { node: 'not', of: asked.when, type: booleanType }, yes: asked.no, no: asked.yes };

function whether(data: Data): Expression {
  if (data === null || 'at' in data) return { node: 'constant', type: booleanType, value: data !== null };
  const [yes, no] = [whether(data.yes), whether(data.no)];
  if (yes.node === 'constant' && no.node === 'constant' && yes.value === no.value) return yes;
  if (yes.node === 'constant' && yes.value === true) return { node: 'binary', op: 'or', left: data.when, right: no, type: booleanType };
  return { node: 'condition', when: data.when, then: yes, otherwise: no, type: booleanType };
}
