/** Values: numbers, amounts, dates, yes and no, texts; and comparisons with them. */
import type { Field } from '#kernel';
import type { SystemModel } from '#model';
import { NUMBER_WORDS, ROLE_WORDS } from '../lexicon.ts';
import { labelOf, listed } from '../names.ts';
import { choiceSaid } from '../resolve.ts';
import type { Comparison, Literal } from '../request.ts';
import { either, look, named, phrase, Problem, type Rule, said, token } from '../rule.ts';

/** Decimal text of a number in digits or a word up to twelve. */
export const number: Rule<string> = named('number', () =>
  look('number', ({ tokens }, at) => {
    const found = tokens[at];
    if (found?.kind === 'number') return [{ end: at + 1, value: found.text }];
    const word = found?.kind === 'word' ? NUMBER_WORDS[found.text] : undefined;
    return word === undefined ? [] : [{ end: at + 1, value: word }];
  }),
);
export const wholeNumber: Rule<number> = named('whole number', () =>
  phrase('{number}', { number }, ({ number: text }) => (/^\d{1,6}$/.test(text) ? Number(text) : undefined)),
);
export const percent: Rule<string> = named('percent', () =>
  either(
    phrase('{percent}', { percent: token('percent') }, ({ percent: found }) => found.text),
    phrase('{number} (percent|per cent)', { number }, ({ number: text }) => text),
  ),
);
export const money: Rule<string> = phrase('{money}', { money: token('money') }, ({ money: found }) => found.text);
export const date: Rule<string> = phrase('{date}', { date: token('date') }, ({ date: found }) => found.text);

export const literal: Rule<Literal> = named('value', () =>
  either(
    phrase('{number}', { number }, ({ number: value }): Literal => ({ is: 'number', value })),
    phrase('{money}', { money }, ({ money: value }): Literal => ({ is: 'money', value })),
    phrase('{date}', { date }, ({ date: value }): Literal => ({ is: 'date', value })),
    phrase('[the] [(date|day) of] today', {}, (): Literal => ({ is: 'date', value: 'today' })),
    phrase('the current (date|day)', {}, (): Literal => ({ is: 'date', value: 'today' })),
    said('(yes|true)', { is: 'yes' } as Literal),
    said('(no|false)', { is: 'no' } as Literal),
    wordsAsText,
  ),
);
/** Words that say something about a value and are none themselves. */
const NO_TEXT = new Set(['known', 'unknown', 'given', 'set', 'present', 'left', 'first', 'date']);
/** A quoted text, or up to three words that have no role of their own: a choice, or a text. */
const wordsAsText: Rule<Literal> = named('text value', () =>
  look('text', ({ tokens }, at) => {
    const found: { end: number; value: Literal }[] = [];
    const first = tokens[at];
    if (first?.kind === 'quoted') return [{ end: at + 1, value: { is: 'text', value: first.text } }];
    let text = '';
    for (let end = at; end < at + 3; end += 1) {
      const next = tokens[end];
      if (next?.kind !== 'word' || (ROLE_WORDS.has(next.text) && next.text !== 'new') || NO_TEXT.has(next.text)) break;
      text = text === '' ? next.raw : `${text} ${next.raw}`;
      found.push({ end: end + 1, value: { is: 'text', value: text } });
    }
    return found;
  }),
);

/** The literal as a value of a field, or why it is none. */
export function fit(model: SystemModel, field: Field, value: Literal): Literal | Problem {
  const kind = field.type.kind;
  const what = labelOf(field.name);
  if (kind === 'choice' && value.is === 'text') {
    const choice = choiceSaid(field, value.value);
    if (choice !== undefined) return { is: 'choice', value: choice };
    return new Problem(
      `The ${what} can be ${listed(
        field.type.choices.map((each) => labelOf(each.name)),
        'or',
      )}, not "${value.value}".`,
    );
  }
  if (kind === 'money' && (value.is === 'number' || value.is === 'money')) return amount(model, value.value);
  if (kind === 'integer' && value.is === 'number')
    return /^-?\d+$/.test(value.value) ? value : new Problem(`The ${what} is a whole number; ${value.value} is none.`);
  if ((kind === 'decimal' || kind === 'quantity') && value.is === 'number') {
    return (value.value.split('.')[1] ?? '').length <= field.type.scale
      ? value
      : new Problem(`The ${what} has ${field.type.scale} digits after the point.`);
  }
  if (kind === 'boolean' && (value.is === 'yes' || value.is === 'no')) return value;
  if (kind === 'date' && value.is === 'date') return value;
  if ((kind === 'text' || kind === 'email' || kind === 'url') && value.is === 'text') return value;
  return new Problem(
    `The ${what} is a ${kind === 'money' ? 'money amount' : kind === 'boolean' ? 'yes/no' : kind}; that value does not fit.`,
  );
}
export function amount(model: SystemModel, text: string): Literal | Problem {
  const digits = model.settings.currency.digits;
  if ((text.split('.')[1] ?? '').length > digits)
    return new Problem(`An amount in ${model.settings.currency.code} has at most ${digits} digits after the point; ${text} has more.`);
  return { is: 'money', value: text };
}

export interface Against<T> {
  readonly by: Comparison;
  readonly right: T;
}
const OVER =
  '(over|above|exceeding|beyond|more than|greater than|higher than|larger than|bigger than|in excess of|worth more than|of more than|of over)';
const UNDER = '(under|below|less than|lower than|fewer than|smaller than|cheaper than|worth less than|of less than|of under)';
const AT_LEAST =
  '(at least|no less than|not less than|not under|not below|of at least|worth at least|a minimum of|starting at|starting from)';
const AT_MOST = '(at most|no more than|not more than|not over|not above|up to|of at most|of up to|worth at most|a maximum of)';

/** "over 500", "at least 500", "500 or more", "from 500 on". */
export const against = <T>(name: string, value: Rule<T>): Rule<Against<T>> =>
  named(`comparison with ${name}`, () =>
    either(
      phrase(`${OVER} {value}`, { value }, ({ value: right }): Against<T> => ({ by: 'over', right })),
      phrase(`${UNDER} {value}`, { value }, ({ value: right }): Against<T> => ({ by: 'under', right })),
      phrase(`${AT_LEAST} {value}`, { value }, ({ value: right }): Against<T> => ({ by: 'atLeast', right })),
      phrase(`${AT_MOST} {value}`, { value }, ({ value: right }): Against<T> => ({ by: 'atMost', right })),
      phrase('[of] {value} (or|and) (more|above|over|up)', { value }, ({ value: right }): Against<T> => ({ by: 'atLeast', right })),
      phrase('[of] {value} (or|and) (less|below|under|fewer)', { value }, ({ value: right }): Against<T> => ({ by: 'atMost', right })),
      phrase('from {value} (on|upwards|up|onwards)', { value }, ({ value: right }): Against<T> => ({ by: 'atLeast', right })),
    ),
  );
export const amountLiteral: Rule<Literal> = named('amount', () =>
  either(
    phrase('{number}', { number }, ({ number: value }): Literal => ({ is: 'number', value })),
    phrase('{money}', { money }, ({ money: value }): Literal => ({ is: 'money', value })),
  ),
);
